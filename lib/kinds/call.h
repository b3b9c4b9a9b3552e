// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind call: call expressions replaced, either one that is named by its text, or all calls of one
// function or method.
#pragma once

#include <optional>

#include "kinds/kind.h"
#include "notation/callee.h"

namespace otel::kinds {

struct CallRule : RuleOfKind {
  std::optional<FunctionSelector> functions;  // nothing: the whole package
  std::string call;                           // the expression as in the source, ignoring white space; or
  std::optional<notation::Callee> callee;     // what is called
  std::string replace;
  std::string replace_text;  // with a name in the place of each part of the call

  static const KindFacts& facts();
  static CallRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const;
  std::string missing(const GoPackage& package) const;
  const FunctionSelector* selector() const { return functions ? &*functions : nullptr; }
  std::vector<RuleText> texts() const { return {{"replace", "replace", &replace_text}}; }
  std::optional<Search> search() const;

 private:
  void match_callee(const RuleHead& rule, PackageMatch& into) const;
};

struct CallWeave : WeaveOfKind {
  std::string rule;
  notation::FunctionName function;
  std::string call;
  std::string replace;

  static constexpr std::string_view kLine = "call";
  static auto fields(auto& self) { return std::tie(self.rule, self.function, self.call, self.replace); }
  static void weave(const std::vector<const CallWeave*>& weaves, FileWeaving& into);
};

// All calls of a function or a method.
struct CalleeWeave : WeaveOfKind {
  std::string rule;
  std::string callee;
  std::string functions;  // names of those whose calls are meant, separated by blanks; empty: all
  std::string replace;
  std::string facts;  // on the types of what the methods are called on, as types::NotedFacts has them

  static constexpr std::string_view kLine = "callee";
  static auto fields(auto& self) {
    return std::tie(self.rule, self.callee, self.functions, self.replace, self.facts);
  }
  static void weave(const std::vector<const CalleeWeave*>& weaves, FileWeaving& into);
};

}  // namespace otel::kinds
