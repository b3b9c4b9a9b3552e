// SPDX-License-Identifier: Apache-2.0
#include "notation/function_selector.h"

#include <fmt/format.h>

#include "notation/rule_reader.h"

namespace otel::notation {

FunctionSelector read_function_selector(const RuleReader& in) {
  FunctionSelector selector;
  auto text = in.text("function");
  std::string why(kFunctionForms);
  if (FunctionPattern::is_meant(text))
    selector.functions = FunctionPattern::parse(text, &why);
  else if (auto name = parse_function_name(text))
    selector.function = *name;
  if (!selector.functions && selector.function.name.empty())
    throw base::Error(fmt::format("\"{}\" is not a function name", text)).at(in.place("function")).hint(why);
  selector.where = in.condition("where");
  return selector;
}

}  // namespace otel::notation
