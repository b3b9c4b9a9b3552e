// SPDX-License-Identifier: Apache-2.0
#include "weave/rule_targets.h"

namespace otel::weave {
namespace {

std::vector<std::string> canonical_types(const GoPackage& package, const GoFile& file,
                                         const std::vector<syntax::Parameter>& parameters) {
  std::vector<std::string> types;
  for (const auto& parameter : parameters)
    types.push_back((parameter.variadic ? "[]" : "") + canonical_type(file, package.path, parameter.type));
  return types;
}

bool is_meant(const rules::Rule& rule, const rules::FunctionName& name) {
  if (!rule.functions) return rule.function == name;
  bool nameless = name.name == "_" || (name.receiver.empty() && name.name == "init");
  return !nameless && rule.functions->matches(name);
}

}  // namespace

rules::FunctionFacts function_facts(const GoPackage& package, const FoundFunction& found) {
  rules::FunctionFacts facts;
  facts.package = package.path;
  facts.name = function_name(*found.function);
  facts.parameters = canonical_types(package, *found.file, found.function->params);
  facts.results = canonical_types(package, *found.file, found.function->results);
  for (const auto& import : found.file->outline.imports) facts.imports.push_back(import.path);
  return facts;
}

std::vector<FoundFunction> find_targets(const rules::Rule& rule, const GoPackage& package) {
  std::vector<FoundFunction> targets;
  for (const auto& file : package.files) {
    if (rule.functions && !file.outline.complete) continue;
    for (const auto& function : file.outline.functions) {
      FoundFunction found{&file, &function};
      if (!is_meant(rule, function_name(function))) continue;
      if (!rule.where || rule.where->holds(function_facts(package, found))) targets.push_back(found);
      if (!rule.functions) return targets;
    }
  }
  return targets;
}

}  // namespace otel::weave
