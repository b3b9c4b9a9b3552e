// SPDX-License-Identifier: Apache-2.0
#include "notation/function_choice.h"

#include <fmt/format.h>

#include "notation/rule_reader.h"

namespace otel::notation {

FunctionChoice read_function_choice(const RuleReader& in) {
  FunctionChoice choice;
  auto text = in.text("function");
  std::string why(kFunctionForms);
  if (FunctionPattern::is_meant(text))
    choice.functions = FunctionPattern::parse(text, &why);
  else if (auto name = parse_function_name(text))
    choice.function = *name;
  if (!choice.functions && choice.function.name.empty())
    throw base::Error(fmt::format("\"{}\" is not a function name", text)).at(in.place("function")).hint(why);
  choice.where = in.condition("where");
  return choice;
}

}  // namespace otel::notation
