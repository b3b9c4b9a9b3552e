// SPDX-License-Identifier: Apache-2.0
#include "syntax/token.h"

#include <array>
#include <cstddef>

namespace otel::syntax {
namespace {

constexpr std::size_t kKinds = static_cast<std::size_t>(TokenKind::AutoSemicolon) + 1;

// clang-format off
constexpr std::array<std::string_view, kKinds> kSpellings = {
    "ILLEGAL", "EOF",
    "IDENT", "INT", "FLOAT", "IMAG", "CHAR", "STRING",
    "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "&^",
    "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "&^=",
    "&&", "||", "<-", "++", "--", "==", "<", ">", "=", "!",
    "!=", "<=", ">=", ":=", "...",
    "(", "[", "{", ",", ".", ")", "]", "}", ";", ":", "~",
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for",
    "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return",
    "select", "struct", "switch", "type", "var",
    ";",
};
// clang-format on
static_assert(!kSpellings.back().empty(), "a kind has no spelling");

}  // namespace

std::string_view spelling(TokenKind kind) {
  return kSpellings[static_cast<std::size_t>(kind)];
}

}  // namespace otel::syntax
