// SPDX-License-Identifier: Apache-2.0
#include "notation/condition_reader.h"

#include <fmt/format.h>

namespace otel::notation {
namespace {

using base::Error;

// {0: context.Context, 2: string}
std::map<std::size_t, std::string> read_types(const YamlText& yaml, std::string_view key,
                                              const YAML::Node& value) {
  constexpr auto kHint = "as in {0: context.Context}; 0 is the first, without the receiver";
  if (!value.IsMap() || value.size() == 0)
    throw Error(fmt::format("\"{}\" must be a map from positions to types", key))
        .at(yaml.place(value))
        .hint(kHint);
  std::map<std::size_t, std::string> types;
  for (const auto& entry : value) {
    auto position = entry.first.IsScalar() ? entry.first.Scalar() : "";
    bool number = !position.empty() && position.size() < 4 &&
                  position.find_first_not_of("0123456789") == std::string::npos;
    if (!number)
      throw Error(fmt::format("\"{}\" is not a position in \"{}\"", position, key))
          .at(yaml.place(entry.first))
          .hint(kHint);
    if (!types.emplace(std::stoul(position), yaml.scalar(entry.second, key)).second)
      throw Error(fmt::format("duplicate position {} in \"{}\"", position, key)).at(yaml.place(entry.first));
  }
  return types;
}

void check_text(const YamlText& yaml, const ConditionKeyFact& fact, const std::string& text,
                const YAML::Node& value) {
  auto fail = [&](std::string_view what, std::string_view hint) {
    throw Error(fmt::format("\"{}\" is not {}", text, what)).at(yaml.place(value)).hint(std::string(hint));
  };
  if (fact.form == KeyForm::Interface && text.find_first_of("*()[]{} ,") != std::string::npos)
    fail("the name of an interface", "write import/path.Name, as in io.Closer, or error");
  if (fact.form == KeyForm::Directive && text.find(':') == std::string::npos)
    fail("a directive", "write tool:name, as in otel:span");
  if (fact.kind == ConditionKind::Signature && !text.starts_with("func("))
    fail("a signature", "write func(context.Context, string) error, without names");
}

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
    case KeyForm::GoTypes:
      condition.types = read_types(yaml, fact.name, value);
      break;
    default:
      condition.text = yaml.scalar(value, fact.name);
      check_text(yaml, fact, condition.text, value);
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
      {"parameter_types", ConditionKind::ParameterTypes, KeyForm::GoTypes,
       "types by position, from 0 and without the receiver: {0: context.Context, 2: string}"},
      {"result_types", ConditionKind::ResultTypes, KeyForm::GoTypes, "types of results by position"},
      {"signature", ConditionKind::Signature, KeyForm::GoType,
       "all types: func(context.Context, *net/http.Request) error"},
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
      {"directive", ConditionKind::Directive, KeyForm::Directive,
       "tool:name of a comment //tool:name above the function"},
      {"package_name", ConditionKind::PackageName, KeyForm::Name, "name in the package clause: main"},
      {"receiver_implements", ConditionKind::ReceiverImplements, KeyForm::Interface,
       "interface that the type of the receiver implements, as in io.Closer"},
      {"parameter_implements", ConditionKind::ParameterImplements, KeyForm::Interface,
       "interface that the type of some parameter implements"},
      {"result_implements", ConditionKind::ResultImplements, KeyForm::Interface,
       "interface that the type of some result implements"},
      {"last_result_implements", ConditionKind::LastResultImplements, KeyForm::Interface,
       "interface that the type of the last result implements"},
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
