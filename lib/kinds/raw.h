// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind raw: a statement inserted into a function.
#pragma once

#include "kinds/kind.h"

namespace otel::kinds {

enum class RawPosition { Entry, Return };

// "entry" or "return", as in rule files and plans.
std::string field_text(RawPosition position);
void parse_field(const std::string& text, RawPosition& position);

struct RawRule : RuleOfKind {
  FunctionSelector functions;
  RawPosition position = RawPosition::Entry;
  std::string insert;  // a statement

  static const KindFacts& facts();
  static RawRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return functions.text(); }
  std::string missing(const GoPackage& package) const {
    return missing_function(package, functions.function);
  }
  const FunctionSelector* selector() const { return &functions; }
  std::vector<RuleText> texts() const { return {{"insert", "insert", &insert}}; }
};

struct RawWeave : WeaveOfKind {
  std::string rule;
  notation::FunctionName function;
  RawPosition position = RawPosition::Entry;
  std::string insert;

  static constexpr std::string_view kLine = "raw";
  static auto fields(auto& self) { return std::tie(self.rule, self.function, self.position, self.insert); }
  static void weave(const std::vector<const RawWeave*>& weaves, FileWeaving& into);
};

}  // namespace otel::kinds
