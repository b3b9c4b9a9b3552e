// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind struct: a field added to a struct type.
#pragma once

#include "kinds/kind.h"

namespace otel::kinds {

struct StructRule : RuleOfKind {
  std::string name;
  std::string field;  // "name type"

  static const KindFacts& facts();
  static StructRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return name; }
  std::string missing(const GoPackage& package) const;
  std::vector<RuleText> texts() const { return {{"field", "field", &field}}; }
};

struct StructWeave : WeaveOfKind {
  std::string rule;
  std::string name;
  std::string field;

  static constexpr std::string_view kLine = "struct";
  static auto fields(auto& self) { return std::tie(self.rule, self.name, self.field); }
  static void weave(const std::vector<const StructWeave*>& weaves, FileWeaving& into);
};

}  // namespace otel::kinds
