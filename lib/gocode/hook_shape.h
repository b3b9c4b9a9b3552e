// SPDX-License-Identifier: Apache-2.0
//
// A hook's Go signature against its target's: what is passed, and how. This is where a rule author's mistake
// is found, long before a linker could.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

#include "gocode/function_weave.h"
#include "gocode/go_package.h"

namespace otel::gocode {

enum class HookKind { Before, After };

// Which parameters and results hooks take, in the order of their own: "receiver", "last", or a position from
// 0 without the receiver.
struct TakenPlaces {
  std::vector<std::string> parameters, results;

  bool empty() const { return parameters.empty() && results.empty(); }
};

// A hook as a rule names it.
struct NamedHook {
  std::string rule;  // its name, for messages
  std::string name;
  base::Place place;           // where it is named
  bool for_functions = false;  // the rule may be for more than one function
  TakenPlaces taken = {};      // empty: all, or of several functions the customary one
};

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// A hook that fits its target.
struct FittedHook {
  const GoFile* file = nullptr;  // that declares the hook
  const syntax::Function* function = nullptr;
  bool takes_call = false;  // its first parameter is *hook.Call
  HookShape shape = {};
  // Where in the shape, parameters before results, each parameter of the hook is that isn't *hook.Call;
  // kNowhere if it is ignored.
  std::vector<std::size_t> taken = {};
};

// Throws an Error with the place of the rule (no such hook) or of the hook (a parameter that doesn't fit).
FittedHook fit_hook(const NamedHook& named, HookKind kind, const GoPackage& hooks,
                    const GoPackage& target_package, const FoundFunction& target);

// Import path of the package that glue calls.
inline constexpr std::string_view kHookPackage = "otel.runtime/hook";

// The type of a hook's parameter as canonical_type, but that types of the published module have one name
// whichever of its two paths the hook imports: hook_type("Call") for *hook.Call.
std::string hook_parameter_type(const GoFile& file, const std::string& hooks,
                                const syntax::Parameter& parameter);
std::string hook_type(std::string_view name);

}  // namespace otel::gocode
