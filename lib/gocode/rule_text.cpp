// SPDX-License-Identifier: Apache-2.0
#include "gocode/rule_text.h"

#include "syntax/scanner.h"
#include "syntax/source_file.h"
#include "syntax/type_syntax.h"

namespace otel::gocode {

using syntax::TokenKind;

std::string one_line(std::string_view text) {
  syntax::SourceFile source("rule", std::string(text));
  auto tokens = syntax::scan(source);
  std::string line;
  std::size_t copied = 0;
  bool separate = false;  // a semicolon is due before the next token
  for (std::size_t at = 0; at < tokens.size() && !tokens[at].is(TokenKind::EndOfFile); ++at) {
    const auto& token = tokens[at];
    if (token.is(TokenKind::AutoSemicolon)) {
      separate = true;
      continue;
    }
    if (separate) line += ';';
    auto gap = source.text({copied, token.begin});
    if (!line.empty()) line += gap.find_first_of("/\r\n") == std::string_view::npos ? gap : " ";
    line += source.text(tokens.span(at));
    copied = token.end;
    separate = false;
  }
  return line;
}

std::string spread_expression(std::string_view text, std::size_t newlines) {
  std::string spread(text);
  if (newlines == 0) return spread;
  // Behind a parenthesis a newline is never a semicolon.
  std::string lines(newlines, '\n');
  syntax::SourceFile source("rule", spread);
  for (const auto& token : syntax::scan(source))
    if (token.is(TokenKind::LeftParen)) return spread.insert(token.end, lines);
  return "(" + lines + spread + ")";
}

namespace {

bool is_unary(TokenKind kind) {
  using enum TokenKind;
  return kind == Add || kind == Sub || kind == Not || kind == Xor || kind == Mul || kind == And ||
         kind == Arrow;
}

bool is_binary(TokenKind kind) {
  using enum TokenKind;
  return (kind >= Add && kind <= AndNot) || kind == LogicalAnd || kind == LogicalOr ||
         (kind >= Equal && kind <= Greater) || (kind >= NotEqual && kind <= GreaterEqual);
}

// The index behind the operand that starts at a token, with all that is selected from it; the same index if
// none does.
std::size_t skip_operand(const syntax::TokenList& tokens, std::size_t at) {
  using enum TokenKind;
  auto kind = tokens[at].kind;
  auto behind = at;
  if ((kind >= Identifier && kind <= String) || kind == LeftParen)
    behind = tokens.step(at);
  else
    behind = syntax::skip_type(tokens, at);
  while (behind != at) {
    if (tokens[behind].is(Period) && (tokens[behind + 1].is(Identifier) || tokens[behind + 1].is(LeftParen)))
      behind = tokens.step(behind + 1);
    else if (syntax::is_opening(tokens[behind].kind))
      behind = tokens.step(behind);
    else
      break;
  }
  return behind;
}

// Operands with operators between them.
std::size_t skip_expression(const syntax::TokenList& tokens, std::size_t first) {
  for (auto at = first;;) {
    while (is_unary(tokens[at].kind)) ++at;
    auto behind = skip_operand(tokens, at);
    if (behind == at) return first;
    if (!is_binary(tokens[behind].kind)) return behind;
    at = behind + 1;
  }
}

}  // namespace

bool has_operator(std::string_view text) {
  syntax::SourceFile source("rule", one_line(text));
  auto tokens = syntax::scan(source);
  auto behind = skip_expression(tokens, 0);
  if (tokens[behind].is(TokenKind::AutoSemicolon)) ++behind;
  return behind > 0 && tokens[behind].is(TokenKind::EndOfFile) &&
         !syntax::is_semicolon(tokens[skip_operand(tokens, 0)].kind);
}

bool may_have_effect(std::string_view text) {
  syntax::SourceFile source("rule", one_line(text));
  auto tokens = syntax::scan(source);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is(syntax::TokenKind::LeftParen) || tokens[at].is(syntax::TokenKind::Arrow)) return true;
  return false;
}

namespace {

bool is_qualifier(const syntax::TokenList& tokens, std::size_t at) {
  return tokens[at].is(TokenKind::Identifier) && tokens[at + 1].is(TokenKind::Period) &&
         (at == 0 || !tokens[at - 1].is(TokenKind::Period));
}

}  // namespace

bool has_qualifier(std::string_view text, std::string_view name) {
  syntax::SourceFile source("rule", std::string(text));
  auto tokens = syntax::scan(source);
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at)
    if (is_qualifier(tokens, at) && source.text(tokens.span(at)) == name) return true;
  return false;
}

std::string rename_qualifiers(std::string_view text, const std::map<std::string, std::string>& names) {
  syntax::SourceFile source("rule", std::string(text));
  auto tokens = syntax::scan(source);
  std::string renamed;
  std::size_t copied = 0;
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (!is_qualifier(tokens, at)) continue;
    auto found = names.find(std::string(source.text(tokens.span(at))));
    if (found == names.end()) continue;
    renamed += source.text({copied, tokens[at].begin});
    renamed += found->second;
    copied = tokens[at].end;
  }
  return renamed + std::string(text.substr(copied));
}

std::optional<std::vector<std::string>> split_expressions(std::string_view text) {
  syntax::SourceFile source("rule", one_line(text));
  auto tokens = syntax::scan(source);
  if (!tokens.valid()) return std::nullopt;
  std::vector<std::string> expressions;
  for (std::size_t at = 0;;) {
    auto behind = skip_expression(tokens, at);
    if (behind == at) return std::nullopt;
    expressions.emplace_back(source.text(tokens.span(at, behind - 1)));
    if (tokens[behind].is(TokenKind::AutoSemicolon)) ++behind;
    if (tokens[behind].is(TokenKind::EndOfFile)) return expressions;
    if (!tokens[behind].is(TokenKind::Comma)) return std::nullopt;
    at = behind + 1;
  }
}

}  // namespace otel::gocode
