// SPDX-License-Identifier: Apache-2.0
#include "syntax/returns.h"

#include "syntax/type_syntax.h"

namespace otel::syntax {
namespace {

using enum TokenKind;

// Behind a function literal, or a func type, that starts at the token. A func type before the braces of
// a composite literal (`[]func(){…}`) takes these with it: there are no statements in them but in literals.
std::size_t skip_function(const TokenList& tokens, std::size_t func) {
  std::size_t behind = skip_type(tokens, func);
  return tokens[behind].is(LeftBrace) ? tokens.step(behind) : behind;
}

ReturnStmt make_return(const TokenList& tokens, std::size_t token, const ExpressionList& list) {
  std::size_t behind = tokens[token].end;
  bool bare = list.end == token + 1;
  return {.token = token,
          .statement = tokens.span(token, list.end - 1),
          .expressions = bare ? Span{behind, behind} : tokens.span(token + 1, list.end - 1),
          .expressions_count = bare ? 0 : list.commas + 1};
}

}  // namespace

std::vector<ReturnStmt> returns(const TokenList& tokens, const Braces& body) {
  std::vector<ReturnStmt> statements;
  for (std::size_t at = body.open_token + 1; at < body.close_token;) {
    switch (tokens[at].kind) {
      case Func:
        at = skip_function(tokens, at);
        break;
      case Return: {
        ExpressionList list = skip_expressions(tokens, at + 1);
        statements.push_back(make_return(tokens, at, list));
        at = list.end;
        break;
      }
      default:
        ++at;
    }
  }
  return statements;
}

}  // namespace otel::syntax
