// SPDX-License-Identifier: Apache-2.0
//
// The words of Go, as go/token names them. A file is a flat vector of tokens without comments, in which a
// bracket knows its partner, so that everything between two brackets is stepped over by one assignment.
#pragma once

#include <cstdint>
#include <string_view>

namespace otel::syntax {

// The order is that of go/token, with AutoSemicolon at the end.
enum class TokenKind : std::uint8_t {
  Invalid,  // a byte or character that Go does not know, or a literal or comment without its end
  EndOfFile,

  Identifier,
  Int,
  Float,
  Imaginary,
  Rune,
  String,  // "interpreted" and `raw`

  Add,
  Sub,
  Mul,
  Quo,
  Rem,
  And,
  Or,
  Xor,
  Shl,
  Shr,
  AndNot,
  AddAssign,
  SubAssign,
  MulAssign,
  QuoAssign,
  RemAssign,
  AndAssign,
  OrAssign,
  XorAssign,
  ShlAssign,
  ShrAssign,
  AndNotAssign,
  LogicalAnd,
  LogicalOr,
  Arrow,
  Increment,
  Decrement,
  Equal,
  Less,
  Greater,
  Assign,
  Not,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Define,
  Ellipsis,
  LeftParen,
  LeftBracket,
  LeftBrace,
  Comma,
  Period,
  RightParen,
  RightBracket,
  RightBrace,
  Semicolon,
  Colon,
  Tilde,

  Break,
  Case,
  Chan,
  Const,
  Continue,
  Default,
  Defer,
  Else,
  Fallthrough,
  For,
  Func,
  Go,
  Goto,
  If,
  Import,
  Interface,
  Map,
  Package,
  Range,
  Return,
  Select,
  Struct,
  Switch,
  Type,
  Var,

  AutoSemicolon,  // inserted at a newline or at the end of the file: empty, and stands before the
                  // newline
};

struct Token {
  TokenKind kind = TokenKind::Invalid;
  std::uint32_t begin = 0;    // byte offset
  std::uint32_t end = 0;      // byte offset after it
  std::uint32_t partner = 0;  // index of the matching bracket; the token's own index where there is none

  bool is(TokenKind other) const { return kind == other; }
};
static_assert(sizeof(Token) <= 16);

// What go/token's String gives: "IDENT", "+=", "func"; ";" for both semicolons.
std::string_view spelling(TokenKind kind);

inline bool is_semicolon(TokenKind kind) {
  return kind == TokenKind::Semicolon || kind == TokenKind::AutoSemicolon;
}
inline bool is_opening(TokenKind kind) {
  return kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket || kind == TokenKind::LeftBrace;
}
inline bool is_closing(TokenKind kind) {
  return kind == TokenKind::RightParen || kind == TokenKind::RightBracket || kind == TokenKind::RightBrace;
}

}  // namespace otel::syntax
