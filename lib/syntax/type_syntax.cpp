// SPDX-License-Identifier: Apache-2.0
#include "syntax/type_syntax.h"

namespace otel::syntax {
namespace {

using enum TokenKind;

bool ends_expressions(TokenKind kind) {
  return is_semicolon(kind) || is_closing(kind) || kind == EndOfFile;
}

// Behind the brackets of that kind at index; index if there are none, or the closing one is missing.
std::size_t skip_brackets(const TokenList& tokens, std::size_t index, TokenKind opening) {
  return tokens[index].is(opening) && tokens.paired(index) ? tokens.step(index) : index;
}

// Behind `Name`, `pkg.Name` or `pkg.Name[…]`, of which the first name is at index.
std::size_t skip_type_name(const TokenList& tokens, std::size_t index) {
  ++index;
  if (tokens[index].is(Period) && tokens[index + 1].is(Identifier)) index += 2;
  return skip_brackets(tokens, index, LeftBracket);
}

}  // namespace

std::size_t skip_type(const TokenList& tokens, std::size_t index) {
  for (;;) {
    std::size_t next = index;
    switch (tokens[index].kind) {
      case Identifier:
        return skip_type_name(tokens, index);
      case LeftParen:
        return skip_brackets(tokens, index, LeftParen);
      case Struct:
      case Interface:
        return skip_brackets(tokens, index + 1, LeftBrace);
      case Func:
        next = skip_brackets(tokens, index + 1, LeftParen);
        if (next == index + 1) return next;
        break;  // what follows is the result, if it is a type
      case LeftBracket:
        next = skip_brackets(tokens, index, LeftBracket);
        break;
      case Map:
        next = skip_brackets(tokens, index + 1, LeftBracket);
        break;
      case Mul:
        next = index + 1;
        break;
      case Chan:
        next = index + (tokens[index + 1].is(Arrow) ? 2 : 1);
        break;
      case Arrow:
        if (tokens[index + 1].is(Chan)) next = index + 2;
        break;
      default:
        break;
    }
    if (next == index) return index;
    index = next;
  }
}

std::size_t skip_constraint(const TokenList& tokens, std::size_t index) {
  for (;;) {
    std::size_t type = tokens[index].is(Tilde) ? index + 1 : index;
    std::size_t next = skip_type(tokens, type);
    if (next == type || !tokens[next].is(Or)) return next;
    index = next + 1;
  }
}

ExpressionList skip_expressions(const TokenList& tokens, std::size_t index) {
  ExpressionList list{.end = index};
  while (!ends_expressions(tokens[list.end].kind)) {
    if (tokens[list.end].is(Comma)) ++list.commas;
    list.end = tokens.step(list.end);
  }
  return list;
}

std::size_t find_comma(const TokenList& tokens, std::size_t index) {
  while (!tokens[index].is(Comma) && !ends_expressions(tokens[index].kind)) index = tokens.step(index);
  return index;
}

namespace {

using enum TokenKind;

// Whether the tokens [begin, end), which read as a type constraint, cannot be an ordinary expression: they
// have a "~" or a type literal in them, in parentheses or not, but not in the arguments of an index or call.
// go/parser asks the same of a syntax tree (isTypeElem).
bool is_only_a_type(const TokenList& tokens, std::size_t begin, std::size_t end) {
  bool after_operand = false;
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
        if (!after_operand) return true;
        break;
      default:
        break;
    }
    bool look_inside = kind == LeftParen && !after_operand;
    at = look_inside ? at + 1 : tokens.step(at);
    after_operand = !look_inside && (kind == Identifier || is_opening(kind) || is_closing(kind));
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
