// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind call: one call expression in a function replaced.
#pragma once

#include "kinds/kind.h"

namespace otel::kinds {

struct CallRule : RuleOfKind {
  notation::FunctionName function;
  std::string call;  // the expression as in the source, ignoring white space
  std::string replace;

  static const KindFacts& facts();
  static CallRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return function.text(); }
  std::string missing(const GoPackage& package) const { return missing_function(package, function); }
  std::vector<RuleText> texts() const { return {{"replace", "replace", &replace}}; }
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

}  // namespace otel::kinds
