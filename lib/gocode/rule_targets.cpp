// SPDX-License-Identifier: Apache-2.0
#include "gocode/rule_targets.h"

#include "base/text.h"

namespace otel::gocode {
namespace {

std::vector<std::string> canonical_types(const GoPackage& package, const GoFile& file,
                                         const std::vector<syntax::Parameter>& parameters) {
  std::vector<std::string> types;
  for (const auto& parameter : parameters)
    types.push_back((parameter.variadic ? "[]" : "") + canonical_type(file, package.path, parameter.type));
  return types;
}

std::vector<std::string> signature_types(const GoPackage& package, const GoFile& file,
                                         const std::vector<syntax::Parameter>& parameters) {
  auto types = canonical_types(package, file, parameters);
  for (std::size_t i = 0; i < types.size(); ++i)
    if (parameters[i].variadic) types[i].replace(0, 2, "...");
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
  const auto& function = *found.function;
  if (function.receiver) facts.receiver = canonical_type(*found.file, package.path, function.receiver->type);
  facts.signature = "func(" + base::join(signature_types(package, *found.file, function.params), ",") + ")";
  const auto& results = facts.results;
  if (!results.empty())
    facts.signature += results.size() == 1 ? " " + results[0] : "(" + base::join(results, ",") + ")";
  for (auto directive : function.directives) {
    auto text = found.file->text(directive).substr(2);
    facts.directives.emplace_back(text.substr(0, text.find_first_of(" \t\r")));
  }
  facts.package_name = found.file->outline.package_name.text;
  return facts;
}

std::vector<FoundFunction> find_targets(const notation::FunctionSelector& selector, const GoPackage& package,
                                        const notation::Implements& implements) {
  std::vector<FoundFunction> targets;
  for (const auto& file : package.files) {
    if (selector.functions && !file.outline.complete) continue;
    for (const auto& function : file.outline.functions) {
      FoundFunction found{&file, &function};
      if (!matches(selector, function_name(function))) continue;
      bool meant = true;
      if (selector.where) {
        auto facts = function_facts(package, found);
        facts.implements = implements;
        meant = selector.where->holds(facts);
      }
      if (meant) targets.push_back(found);
      if (!selector.functions) return targets;
    }
  }
  return targets;
}

}  // namespace otel::gocode
