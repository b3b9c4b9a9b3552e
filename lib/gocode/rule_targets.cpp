// SPDX-License-Identifier: Apache-2.0
#include "gocode/rule_targets.h"

namespace otel::gocode {
namespace {

std::vector<std::string> canonical_types(const GoPackage& package, const GoFile& file,
                                         const std::vector<syntax::Parameter>& parameters) {
  std::vector<std::string> types;
  for (const auto& parameter : parameters)
    types.push_back((parameter.variadic ? "[]" : "") + canonical_type(file, package.path, parameter.type));
  return types;
}

bool matches(const notation::FunctionSelector& selector, const notation::FunctionName& name) {
  if (!selector.functions) return selector.function == name;
  bool nameless = name.name == "_" || (name.receiver.empty() && name.name == "init");
  return !nameless && selector.functions->matches(name);
}

}  // namespace

notation::FunctionFacts function_facts(const GoPackage& package, const FoundFunction& found) {
  notation::FunctionFacts facts;
  facts.package = package.path;
  facts.name = function_name(*found.function);
  facts.parameters = canonical_types(package, *found.file, found.function->params);
  facts.results = canonical_types(package, *found.file, found.function->results);
  for (const auto& import : found.file->outline.imports) facts.imports.push_back(import.path);
  return facts;
}

std::vector<FoundFunction> find_targets(const notation::FunctionSelector& selector,
                                        const GoPackage& package) {
  std::vector<FoundFunction> targets;
  for (const auto& file : package.files) {
    if (selector.functions && !file.outline.complete) continue;
    for (const auto& function : file.outline.functions) {
      FoundFunction found{&file, &function};
      if (!matches(selector, function_name(function))) continue;
      if (!selector.where || selector.where->holds(function_facts(package, found))) targets.push_back(found);
      if (!selector.functions) return targets;
    }
  }
  return targets;
}

}  // namespace otel::gocode
