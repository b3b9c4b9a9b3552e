// SPDX-License-Identifier: Apache-2.0
#include "usage/struct_fields.h"

#include "syntax/type_syntax.h"

namespace otel::usage {
namespace {

using syntax::TokenKind;

// Whether a member that starts at a token is an embedded type: "T", "*p.T", "T[K]", but not "a [3]int".
bool is_embedded(const syntax::TokenList& tokens, std::size_t at, std::size_t end) {
  if (!tokens[at].is(TokenKind::Identifier)) return true;
  auto next = at + 1;
  if (tokens[next].is(TokenKind::LeftBracket)) next = tokens.step(next);
  return next >= end || tokens[next].is(TokenKind::Period) || tokens[next].is(TokenKind::String);
}

}  // namespace

std::vector<StructField> struct_fields(const gocode::GoFile& file, const syntax::StructDecl& declared) {
  std::vector<StructField> fields;
  const auto& tokens = file.tokens;
  auto text = [&](std::size_t at) { return std::string(file.text(tokens.span(at))); };
  for (auto at = declared.body.open_token + 1; at < declared.body.close_token;) {
    auto end = at;
    while (end < declared.body.close_token && !syntax::is_semicolon(tokens[end].kind)) end = tokens.step(end);
    std::vector<std::string> names;
    bool embedded = is_embedded(tokens, at, end);
    if (!embedded)
      for (names.push_back(text(at++)); tokens[at].is(TokenKind::Comma) && at + 1 < end; at += 2)
        names.push_back(text(at + 1));
    auto behind = syntax::skip_type(tokens, at);
    if (embedded)
      for (auto part = at; part < behind; part = tokens.step(part))
        if (tokens[part].is(TokenKind::Identifier)) names.assign(1, text(part));
    if (behind > at)
      for (const auto& name : names) fields.push_back({name, tokens.span(at, behind - 1), embedded});
    at = end + 1;
  }
  return fields;
}

FoundStruct find_struct(const gocode::GoPackage& package, const std::string& name) {
  for (const auto& file : package.files)
    for (const auto& declared : file.outline.structs)
      if (declared.name.text == name) return {&file, &declared};
  return {};
}

}  // namespace otel::usage
