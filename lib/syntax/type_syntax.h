// SPDX-License-Identifier: Apache-2.0
//
// Steps over types and expressions in a token list without building anything. What is between brackets is
// jumped over, so this takes time by the length of what is written outside of them and never recurses.
#pragma once

#include <cstddef>

#include "syntax/scanner.h"

namespace otel::syntax {

// The index after the type that starts at a token; the same index if none starts there.
//
//     Type = { "*" | "[" … "]" | "map" "[" … "]" | [ "<-" ] "chan" [ "<-" ] }
//            ( Name [ "." Name ] [ "[" … "]" ] | "struct" "{" … "}" | "interface" "{" … "}" | "(" … ")"
//            | "func" "(" … ")" [ Type ] ) .
//
// The result of a func type in parentheses is its result list. A type that breaks off (`map[string` `)`) is
// one up to there.
std::size_t skip_type(const TokenList& tokens, std::size_t index);

// The same for a type constraint: types with or without "~", separated by "|".
std::size_t skip_constraint(const TokenList& tokens, std::size_t index);

// Where expressions end: at a semicolon, a closing bracket of the surroundings, or EndOfFile.
struct ExpressionList {
  std::size_t end = 0;     // the index of that token
  std::size_t commas = 0;  // outside of brackets
};
ExpressionList skip_expressions(const TokenList& tokens, std::size_t index);

// The index of the next comma outside of brackets from index on, or where skip_expressions would end.
std::size_t find_comma(const TokenList& tokens, std::size_t index);

// Whether the paired brackets after the name of a type declaration hold its type parameters, rather than the
// length of an array type:
//
//     type T[P any] …   type T[P *C,] …   type T[P *C|~int] …          type parameters
//     type T [N]E       type T [P *C]E    type T [pkg.N + 1]E          an array
bool holds_type_parameters(const TokenList& tokens, std::size_t open);

}  // namespace otel::syntax
