// SPDX-License-Identifier: Apache-2.0
#include "rules/condition_reader.h"

#include <fmt/format.h>

#include "rules/rule_keys.h"

namespace otel::rules {
namespace {

using base::Error;

Condition read_test(const YamlText& yaml, const ConditionKeyFact& fact, const YAML::Node& value) {
  Condition condition;
  condition.test = fact.test;
  switch (fact.form) {
    case KeyForm::Conditions:
      for (const auto& part : yaml.list(value, fact.name))
        condition.parts.push_back(read_condition(yaml, part, fact.name));
      if (condition.parts.empty())
        throw Error(fmt::format("\"{}\" is empty", fact.name)).at(yaml.place(value));
      break;
    case KeyForm::Condition:
      condition.parts.push_back(read_condition(yaml, value, fact.name));
      break;
    case KeyForm::Count:
      if (auto count = CountRange::parse(yaml.scalar(value, fact.name)))
        condition.count = *count;
      else
        throw Error(fmt::format("\"{}\" is not a number", fact.name))
            .at(yaml.place(value))
            .hint("write 2, \">=1\" or \"<3\"");
      break;
    case KeyForm::Flag:
      condition.flag = yaml.flag(value, fact.name);
      break;
    default:
      condition.text = yaml.scalar(value, fact.name);
  }
  if (fact.form != KeyForm::FunctionPattern) return condition;
  std::string why(kFunctionForms);
  if (FunctionPattern::is_meant(condition.text))
    condition.functions = FunctionPattern::parse(condition.text, &why);
  if (!condition.functions && !parse_function_name(condition.text))
    throw Error(fmt::format("\"{}\" is not a function name", condition.text)).at(yaml.place(value)).hint(why);
  return condition;
}

}  // namespace

Condition read_condition(const YamlText& yaml, const YAML::Node& node, std::string_view key) {
  if (!node.IsMap() || node.size() == 0)
    throw Error(fmt::format("\"{}\" must be a map of conditions", key))
        .at(yaml.place(node))
        .hint("as in {last_result: error}");
  std::vector<std::string_view> known;
  for (const auto& fact : condition_keys()) known.push_back(fact.name);
  yaml.check_keys(node, known, fmt::format(" in \"{}\"", key));
  Condition all;
  for (const auto& fact : condition_keys())
    if (auto value = node[std::string(fact.name)]) all.parts.push_back(read_test(yaml, fact, value));
  return all;
}

}  // namespace otel::rules
