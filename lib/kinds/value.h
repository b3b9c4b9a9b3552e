// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind value: the initial value of a package-level variable, or the value of a constant.
#pragma once

#include "kinds/kind.h"

namespace otel::kinds {

struct ValueRule : RuleOfKind {
  std::string variable;  // name of the variable or constant
  std::string value;     // an expression

  static const KindFacts& facts();
  static ValueRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return variable; }
  std::string missing(const GoPackage& package) const;
  std::vector<RuleText> texts() const { return {{"value", "value", &value}}; }
};

struct ValueWeave : WeaveOfKind {
  std::string rule;
  std::string name;  // of the variable or constant
  std::string value;

  static constexpr std::string_view kLine = "value";
  static auto fields(auto& self) { return std::tie(self.rule, self.name, self.value); }
  static void weave(const std::vector<const ValueWeave*>& weaves, FileWeaving& into);
};

}  // namespace otel::kinds
