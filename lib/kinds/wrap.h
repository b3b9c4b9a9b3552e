// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind wrap: functions of other packages, wherever a package uses them, replaced by hook functions:
//
//   resp, err := http.Get(url)    →    resp, err := otel_x(http.Get)(url)
//
// otel_x gives the function of the hooks if the program has it, else the original. Type inference gives it
// its type, so nothing of the callee's signature is spelled in a file that may not import what it names, the
// import of the callee stays used, and the woven package imports nothing new: the glue sets the variable
// after otel_x. A function value (f := http.Get) is exchanged like the callee of a call, where it is
// evaluated.
//
// Rules of kind append: arguments added to each call of a variadic function of another package:
//
//   grpc.NewClient(target, a, b)    →    grpc.NewClient(target, otel_x(grpc.NewClient)(a, b)...)
//   grpc.NewClient(target, all...)  →    grpc.NewClient(target, otel_x(grpc.NewClient)(all...)...)
//
// otel_x gives a function from variadic arguments to a slice of them, to which it appends what the function
// of the hooks returns; the caller's own slice is copied then. Type inference takes the types of the callee,
// so none is spelled in a file that may not import what it names. The callee is called by the caller itself,
// after all the arguments are evaluated in the order in which they would be.
#pragma once

#include "kinds/kind.h"
#include "usage/hook_variable.h"

namespace otel::kinds {

struct WrapRule : RuleOfKind {
  std::string callee_package;  // import path
  std::string callee;          // name of the function in that package
  std::string with;            // name of the function of the hooks

  static const KindFacts& facts();
  static WrapRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const;
  std::string missing(const GoPackage& package) const;
  std::optional<Search> search() const;
};

struct WrapWeave : WeaveOfKind {
  std::string rule;
  std::string symbol;               // prefix of the names that are added to the package
  std::string callee_package;       // import path
  std::string callee_package_name;  // of its package clause, for imports that give no other
  std::string callee;

  static constexpr std::string_view kLine = "wrap";
  static auto fields(auto& self) {
    return std::tie(self.rule, self.symbol, self.callee_package, self.callee_package_name, self.callee);
  }
  static void weave(const std::vector<const WrapWeave*>& weaves, FileWeaving& into);
  // The variable that the glue sets, and the function that reads it.
  std::string declarations(const Compilation& compilation) const;
};

struct AppendRule : RuleOfKind {
  usage::QualifiedName callee;
  std::string with;  // name of the function of the hooks

  static const KindFacts& facts();
  static AppendRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return callee.text(); }
  std::string missing(const GoPackage& package) const;
  std::optional<Search> search() const;
};

struct AppendWeave : WeaveOfKind {
  std::string rule;
  std::string symbol;  // prefix of the names that are added to the package
  usage::QualifiedName callee;
  std::string callee_package_name;  // of its package clause
  std::string parameters;           // one "." for each that isn't variadic
  std::string results;              // one "." for each

  static constexpr std::string_view kLine = "append";
  static auto fields(auto& self) {
    return std::tie(self.rule, self.symbol, self.callee.package, self.callee.name, self.callee_package_name,
                    self.parameters, self.results);
  }
  static void weave(const std::vector<const AppendWeave*>& weaves, FileWeaving& into);
  std::string declarations(const Compilation& compilation) const;
};

}  // namespace otel::kinds
