// SPDX-License-Identifier: Apache-2.0
//
// Which functions of a package a rule is for: the keys "function" and "where".
#pragma once

#include <optional>
#include <string>

#include "notation/condition.h"
#include "notation/function_name.h"
#include "notation/key.h"
#include "notation/pattern.h"

namespace otel::notation {

class RuleReader;

struct FunctionSelector {
  FunctionName function;                     // empty if several are meant
  std::optional<FunctionPattern> functions;  // several
  std::optional<Condition> where;

  // As written in the rule.
  std::string text() const { return functions ? functions->text() : function.text(); }
};

FunctionSelector read_function_selector(const RuleReader& in);

inline constexpr KeyFact kFunctionKey = {"function", KeyUse::Required, KeyForm::FunctionPattern,
                                         "F, T.M or (*T).M, or a pattern that matches several"};
inline constexpr KeyFact kWhereKey = {"where", KeyUse::Optional, KeyForm::Condition,
                                      "conditions on the function's signature and file, see below"};
inline constexpr KeyFact kOrderKey = {"order", KeyUse::Optional, KeyForm::Integer,
                                      "rules on one function run from the lowest to the highest at entry, "
                                      "and in reverse at exit; default 0; equal ones in file order"};

}  // namespace otel::notation
