// SPDX-License-Identifier: Apache-2.0
#include "weave/go_package.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"

namespace otel::weave {
namespace {

using syntax::TokenKind;

rules::FunctionName name_of(const syntax::Function& function) {
  rules::FunctionName name;
  name.name = function.name.text;
  if (function.receiver) {
    name.receiver = function.receiver->base;
    name.pointer = function.receiver->pointer;
  }
  return name;
}

bool is_predeclared_type(std::string_view name) {
  static constexpr std::array<std::string_view, 23> kNames = {
      "any",     "bool",   "byte",   "comparable", "complex128", "complex64", "error", "float32",
      "float64", "int",    "int16",  "int32",      "int64",      "int8",      "rune",  "string",
      "uint",    "uint16", "uint32", "uint64",     "uint8",      "uintptr",   "unsafe"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// "v2" and the like, which are no package names in a path.
bool is_major_version(std::string_view element) {
  return element.size() > 1 && element[0] == 'v' &&
         element.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

std::string customary_name(std::string_view path) {
  auto elements = base::split(path, '/');
  if (elements.empty()) return "";
  auto last = elements.back();
  if (is_major_version(last) && elements.size() > 1) last = elements[elements.size() - 2];
  if (auto dot = last.rfind(".v"); dot != std::string_view::npos) last = last.substr(0, dot);
  return std::string(last);
}

std::size_t token_at(const syntax::TokenList& tokens, std::size_t offset) {
  auto found = std::lower_bound(tokens.begin(), tokens.end(), offset,
                                [](const syntax::Token& token, std::size_t at) { return token.begin < at; });
  return static_cast<std::size_t>(found - tokens.begin());
}

bool is_word(std::string_view text) {
  return !text.empty() && (std::isalnum(static_cast<unsigned char>(text.back())) || text.back() == '_');
}

}  // namespace

GoFile::GoFile(std::string path, std::string bytes)
    : source(std::move(path), std::move(bytes)),
      tokens(syntax::scan(source)),
      outline(syntax::outline(source, tokens)) {}

const syntax::Function* find_function(const syntax::Outline& outline, const rules::FunctionName& name) {
  for (const auto& function : outline.functions)
    if (name_of(function) == name) return &function;
  return nullptr;
}

std::optional<FoundFunction> find_function(const GoPackage& package, const rules::FunctionName& name) {
  for (const auto& file : package.files)
    if (const auto* function = find_function(file.outline, name)) return FoundFunction{&file, function};
  return std::nullopt;
}

std::vector<std::string> function_names(const GoPackage& package) {
  std::vector<std::string> names;
  for (const auto& file : package.files)
    for (const auto& function : file.outline.functions) names.push_back(name_of(function).text());
  return names;
}

const syntax::ImportSpec* find_import(const syntax::Outline& outline, std::string_view qualifier) {
  const syntax::ImportSpec* likely = nullptr;
  for (const auto& import : outline.imports) {
    if (import.name == qualifier) return &import;
    if (!import.name.empty()) continue;
    if (customary_name(import.path) == qualifier) likely = &import;
    if (!likely && import.path.find(qualifier) != std::string::npos) likely = &import;
  }
  return likely;
}

std::string canonical_type(const GoFile& file, const std::string& package, syntax::Span type) {
  std::string text;
  auto add = [&](std::string_view piece) {
    if (is_word(text) && is_word(piece.substr(0, 1))) text += ' ';
    text += piece;
  };
  const auto& tokens = file.tokens;
  for (std::size_t at = token_at(tokens, type.begin); at < tokens.size() && tokens[at].begin < type.end;
       ++at) {
    auto spelled = file.text(tokens.span(at));
    if (!tokens[at].is(TokenKind::Identifier)) {
      add(tokens[at].is(TokenKind::AutoSemicolon) ? ";" : spelled);
      continue;
    }
    bool qualifier = at + 2 < tokens.size() && tokens[at + 1].is(TokenKind::Period);
    if (qualifier) {
      const auto* import = find_import(file.outline, spelled);
      add(fmt::format("\"{}\".{}", import ? import->path : std::string(spelled),
                      file.text(tokens.span(at + 2))));
      at += 2;
    } else if (is_predeclared_type(spelled)) {
      add(spelled);
    } else {
      add(fmt::format("\"{}\".{}", package, spelled));
    }
  }
  return base::replace_all(text, "interface{}", "any");
}

}  // namespace otel::weave
