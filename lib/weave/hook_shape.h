// SPDX-License-Identifier: Apache-2.0
//
// A hook's Go signature against its target's: what is passed, and how. This is where a rule author's mistake
// is found, long before a linker could.
#pragma once

#include <string>

#include "plan/package_plan.h"
#include "weave/go_package.h"

namespace otel::weave {

enum class HookMoment { Before, After };

// A hook that fits its target.
struct FittedHook {
  const GoFile* file = nullptr;  // that declares the hook
  const syntax::Function* function = nullptr;
  bool takes_call = false;  // its first parameter is *hook.Call
  // Of a rule for several functions: the hook's one parameter is the first parameter, or the last result, and
  // the shape leaves out all others.
  bool takes_one = false;
  plan::HookShape shape;
};

// Throws an Error with the place of the rule (no such hook) or of the hook (a parameter that doesn't fit).
FittedHook fit_hook(const rules::Rule& rule, const std::string& hook_name, HookMoment moment,
                    const GoPackage& hooks, const GoPackage& target_package, const FoundFunction& target);

// Import path of the package with the type Call.
inline constexpr std::string_view kHookPackage = "otel.runtime/hook";

}  // namespace otel::weave
