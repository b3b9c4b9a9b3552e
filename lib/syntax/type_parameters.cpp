// SPDX-License-Identifier: Apache-2.0
#include "syntax/type_parameters.h"

#include "syntax/type_syntax.h"

namespace otel::syntax {
namespace {

using enum TokenKind;

// Whether the tokens [begin, end), which read as a type constraint, cannot be an ordinary expression: they
// have a "~" or a type literal in them, in parentheses or not, but not in the arguments of an index or call.
// go/parser asks the same of a syntax tree (isTypeElem).
bool is_only_a_type(const TokenList& tokens, std::size_t begin, std::size_t end) {
  bool behind_operand = false;
  for (std::size_t at = begin; at < end;) {
    TokenKind kind = tokens[at].kind;
    switch (kind) {
      case Tilde:
      case Struct:
      case Func:
      case Interface:
      case Map:
      case Chan:
        return true;
      case LeftBracket:
        if (!behind_operand) return true;
        break;
      default:
        break;
    }
    bool look_inside = kind == LeftParen && !behind_operand;
    at = look_inside ? at + 1 : tokens.step(at);
    behind_operand = !look_inside && (kind == Identifier || is_opening(kind) || is_closing(kind));
  }
  return false;
}

}  // namespace

// What follows the name reads as a constraint in most declarations of parameters, and only there. A "*" or
// parentheses could as well make a product or a call of it; then a comma decides, or that the operand can
// only be a type.
bool holds_type_parameters(const TokenList& tokens, std::size_t open) {
  if (!tokens[open + 1].is(Identifier)) return false;
  std::size_t rest = open + 2;
  if (tokens[rest].is(Comma)) return true;
  std::size_t end = skip_constraint(tokens, rest);
  if (end == rest) return false;
  if (!tokens[rest].is(Mul) && !tokens[rest].is(LeftParen)) return true;
  if (tokens[end].is(Comma)) return true;
  return end == tokens[open].partner && is_only_a_type(tokens, rest, end);
}

}  // namespace otel::syntax
