// SPDX-License-Identifier: Apache-2.0
#include "gocode/rule_text.h"

#include "syntax/scanner.h"
#include "syntax/source_file.h"

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

}  // namespace otel::gocode
