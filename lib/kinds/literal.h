// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind literal: composite literals of a struct type, wherever a package has one, get a field, or are
// passed to a hook function:
//
//   http.Server{Addr: a}     →    http.Server{Addr: a, ErrorLog: otel_x(http.Server{}.ErrorLog)}
//   &http.Server{Addr: a}    →    otel_x(&http.Server{Addr: a})
//   http.Server{Addr: a}     →    (*otel_x(&http.Server{Addr: a}))
//
// otel_x is generic, so its argument gives it its type: nothing is spelled in a file that may not import what
// it names. Literals whose type is elided are found where the literal around them spells the type of its
// elements, as in []T{{…}} and map[string]*T{"k": {…}}.
#pragma once

#include "kinds/kind.h"
#include "usage/hook_variable.h"

namespace otel::kinds {

// How a literal is changed.
enum class LiteralForm {
  Text,     // a field gets an expression
  Field,    // a field gets what a hook returns
  Pointer,  // a hook takes *T
  Boxed,    // a hook takes *T as any
};
std::string field_text(LiteralForm form);
void parse_field(const std::string& text, LiteralForm& form);

struct LiteralRule : RuleOfKind {
  usage::QualifiedName literal;  // the type
  std::string field;             // empty: the whole literal
  std::string value;             // an expression
  std::string with;              // or the name of a function of the hooks

  static const KindFacts& facts();
  static LiteralRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return literal.text(); }
  std::string missing(const GoPackage& package) const;
  std::vector<RuleText> texts() const { return {{"value", "value", &value}}; }
  std::optional<Search> search() const;
};

struct LiteralWeave : WeaveOfKind {
  std::string rule;
  std::string symbol;  // prefix of the names that are added to the package
  usage::QualifiedName type;
  std::string package_name;  // of the type's package clause
  LiteralForm form = LiteralForm::Text;
  std::string field;
  std::string value;

  static constexpr std::string_view kLine = "literal";
  static auto fields(auto& self) {
    return std::tie(self.rule, self.symbol, self.type.package, self.type.name, self.package_name, self.form,
                    self.field, self.value);
  }
  static void weave(const std::vector<const LiteralWeave*>& weaves, FileWeaving& into);
  std::string declarations(const Compilation& compilation) const;
};

}  // namespace otel::kinds
