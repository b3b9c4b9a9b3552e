// SPDX-License-Identifier: Apache-2.0
#include "gocode/go_package.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "gotool/package_pattern.h"

namespace otel::gocode {
notation::FunctionName function_name(const syntax::Function& function) {
  notation::FunctionName name;
  name.name = function.name.text;
  if (function.receiver) {
    name.receiver = function.receiver->base;
    name.pointer = function.receiver->pointer;
  }
  return name;
}

GoFile::GoFile(std::string path, std::string bytes)
    : source(std::move(path), std::move(bytes)),
      tokens(syntax::scan(source)),
      outline(syntax::outline(source, tokens)) {}

namespace {

bool has_name_with(const GoPackage& package, const std::string& beginning) {
  for (const auto& file : package.files) {
    for (const auto& token : file.tokens)
      if (token.is(syntax::TokenKind::Identifier) &&
          file.source.bytes().substr(token.begin, beginning.size()) == beginning)
        return true;
    for (const auto& import : file.outline.imports)
      if (import.path.find(beginning) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string choose_prefix(const GoPackage& package) {
  std::string prefix = "otel";
  for (int i = 2; has_name_with(package, prefix + "_"); ++i) prefix = fmt::format("otel{}", i);
  return prefix;
}

const syntax::Function* find_function(const syntax::Outline& outline, const notation::FunctionName& name) {
  for (const auto& function : outline.functions)
    if (function_name(function) == name) return &function;
  return nullptr;
}

std::optional<FoundFunction> find_function(const GoPackage& package, const notation::FunctionName& name) {
  for (const auto& file : package.files)
    if (const auto* function = find_function(file.outline, name)) return FoundFunction{&file, function};
  return std::nullopt;
}

FoundFunction require_function(const GoPackage& package, const std::string& name, const std::string& rule,
                               const base::Place& place) {
  notation::FunctionName wanted;
  wanted.name = name;
  if (auto found = find_function(package, wanted)) return *found;
  throw base::Error(fmt::format("rule {}: package {} has no function {}", rule, package.path, name))
      .at(place)
      .hint(base::near_hint(name, function_names(package)));
}

std::vector<std::string> function_names(const GoPackage& package) {
  std::vector<std::string> names;
  for (const auto& file : package.files)
    for (const auto& function : file.outline.functions) names.push_back(function_name(function).text());
  return names;
}

const syntax::ImportSpec* find_import(const syntax::Outline& outline, std::string_view qualifier) {
  const syntax::ImportSpec* likely = nullptr;
  for (const auto& import : outline.imports) {
    if (import.name == qualifier) return &import;
    if (!import.name.empty()) continue;
    if (gotool::customary_package_name(import.path) == qualifier) likely = &import;
    if (!likely && import.path.find(qualifier) != std::string::npos) likely = &import;
  }
  return likely;
}

}  // namespace otel::gocode
