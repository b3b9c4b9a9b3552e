// SPDX-License-Identifier: Apache-2.0
#include "usage/call_arguments.h"

#include <algorithm>

#include "syntax/type_syntax.h"

namespace otel::usage {

using syntax::TokenKind;

Variadic find_variadic(const gocode::GoFile& file, std::size_t open, std::size_t fixed) {
  const auto& tokens = file.tokens;
  std::size_t close = tokens[open].partner, at = open + 1;
  for (std::size_t passed = 0; passed < fixed; ++passed) {
    auto comma = syntax::find_comma(tokens, at);
    bool alone = passed == 0 && (comma == close || comma + 1 == close);
    if (alone && (fixed > 1 || tokens[comma - 1].is(TokenKind::RightParen))) return {0, 0, true};
    at = std::min(comma + 1, close);
  }
  if (at >= close) return {tokens[close].begin, tokens[close].begin};
  auto last = close - 1;
  if (tokens[last].is(TokenKind::Comma)) --last;
  return {tokens[at].begin, tokens[last].end};
}

}  // namespace otel::usage
