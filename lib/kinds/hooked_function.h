// SPDX-License-Identifier: Apache-2.0
//
// Hooks before and after a function, which rules of several kinds have: their keys, and the weaves for
// one function.
#pragma once

#include <string>

#include "gocode/hook_shape.h"
#include "kinds/kind.h"

namespace otel::kinds {

struct HookNames {
  std::string before;  // or empty
  std::string after;
  gocode::TakenPlaces taken = {};
};

inline constexpr notation::KeyFact kBeforeKey = {"before", notation::KeyUse::Optional,
                                                 notation::KeyForm::Name, "hook to call at entry"};
inline constexpr notation::KeyFact kAfterKey = {"after", notation::KeyUse::Optional, notation::KeyForm::Name,
                                                "hook to call at exit"};

inline constexpr notation::KeyFact kParametersKey = {
    "parameters", notation::KeyUse::Optional, notation::KeyForm::Places,
    "which parameters the hooks take, in their order: [receiver, 0, last]; 0 is the first"};
inline constexpr notation::KeyFact kResultsKey = {"results", notation::KeyUse::Optional,
                                                  notation::KeyForm::Places,
                                                  "which results the hooks take, in their order: [0, last]"};

gocode::TakenPlaces read_taken_places(const RuleReader& in);

// Throws an Error if there is neither.
HookNames read_hook_names(const RuleReader& in);

// The hooks fitted to a function of the package that is matched, and the glue between them. `for_functions`:
// the rule may be for several.
void add_hooks(const RuleHead& rule, const HookNames& names, bool for_functions, const GoPackage& hooks,
               const gocode::FoundFunction& target, const std::string& symbol, PackageMatch& into);

}  // namespace otel::kinds
