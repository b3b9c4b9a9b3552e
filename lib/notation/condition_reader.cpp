// SPDX-License-Identifier: Apache-2.0
#include "notation/condition_reader.h"

#include <fmt/format.h>

namespace otel::notation {
namespace {

using base::Error;

Condition read_test(const YamlText& yaml, const ConditionKeyFact& fact, const YAML::Node& value) {
  Condition condition;
  condition.kind = fact.kind;
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

const std::vector<ConditionKeyFact>& condition_keys() {
  static const std::vector<ConditionKeyFact> kKeys = {
      {"first_parameter", ConditionKind::FirstParameter, KeyForm::GoType, "type of the first parameter"},
      {"last_parameter", ConditionKind::LastParameter, KeyForm::GoType, "type of the last parameter"},
      {"has_parameter", ConditionKind::HasParameter, KeyForm::GoType, "type of some parameter"},
      {"first_result", ConditionKind::FirstResult, KeyForm::GoType, "type of the first result"},
      {"last_result", ConditionKind::LastResult, KeyForm::GoType, "type of the last result"},
      {"has_result", ConditionKind::HasResult, KeyForm::GoType, "type of some result"},
      {"parameters", ConditionKind::Parameters, KeyForm::Count,
       "number of parameters without the receiver: 2, \">=1\""},
      {"results", ConditionKind::Results, KeyForm::Count, "number of results"},
      {"imports", ConditionKind::Imports, KeyForm::PackagePattern,
       "import path, or a pattern, that the function's file imports"},
      {"function", ConditionKind::Function, KeyForm::FunctionPattern, "name or pattern of the function"},
      {"package", ConditionKind::Package, KeyForm::PackagePattern,
       "import path or pattern of the function's package"},
      {"exported", ConditionKind::Exported, KeyForm::Flag,
       "whether the function, and its receiver's type, is exported"},
      {"all", ConditionKind::All, KeyForm::Conditions, "a list of conditions that all hold"},
      {"any", ConditionKind::Any, KeyForm::Conditions, "a list of conditions of which one holds"},
      {"not", ConditionKind::Not, KeyForm::Condition, "conditions that do not all hold"},
  };
  return kKeys;
}

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

}  // namespace otel::notation
