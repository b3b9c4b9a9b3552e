// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind function: hooks at entry and exit of a function.
#pragma once

#include "gocode/function_weave.h"
#include "kinds/hooked_function.h"
#include "kinds/kind.h"

namespace otel::kinds {

struct FunctionRule : RuleOfKind {
  FunctionSelector functions;
  HookNames hooks;

  static const KindFacts& facts();
  static FunctionRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return functions.text(); }
  std::string missing(const GoPackage& package) const {
    return missing_function(package, functions.function);
  }
  const FunctionSelector* selector() const { return &functions; }
};

struct FunctionWeave : gocode::FunctionWeave, WeaveOfKind {
  static constexpr std::string_view kLine = "function";
  static auto fields(auto& self) {
    return std::tie(self.rule, self.symbol, self.function, self.before, self.after);
  }
  static void weave(const std::vector<const FunctionWeave*>& weaves, FileWeaving& into);
};

}  // namespace otel::kinds
