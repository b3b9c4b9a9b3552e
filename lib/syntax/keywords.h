// SPDX-License-Identifier: Apache-2.0
//
// Go's keywords, found with one probe of a perfect hash (that of cmd/compile/internal/syntax).
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "syntax/token.h"

namespace otel::syntax {

struct Keyword {
  std::string_view text;
  TokenKind kind = TokenKind::Identifier;
};

// Of a word of two bytes or more.
constexpr std::size_t keyword_slot(const char* word, std::size_t size) {
  auto first = static_cast<unsigned char>(word[0]);
  auto second = static_cast<unsigned char>(word[1]);
  return ((static_cast<std::size_t>(first) << 4 ^ second) + size) % 64;
}

// An incomplete table, and so a build that fails, where two keywords share a slot.
constexpr std::array<Keyword, 64> make_keyword_table() {
  using enum TokenKind;
  constexpr Keyword kKeywords[] = {{"break", Break},   {"case", Case},
                                   {"chan", Chan},     {"const", Const},
                                   {"defer", Defer},   {"continue", Continue},
                                   {"else", Else},     {"default", Default},
                                   {"for", For},       {"func", Func},
                                   {"go", Go},         {"fallthrough", Fallthrough},
                                   {"goto", Goto},     {"if", If},
                                   {"import", Import}, {"interface", Interface},
                                   {"map", Map},       {"package", Package},
                                   {"range", Range},   {"return", Return},
                                   {"select", Select}, {"struct", Struct},
                                   {"switch", Switch}, {"type", Type},
                                   {"var", Var}};
  std::array<Keyword, 64> table{};
  for (const Keyword& keyword : kKeywords) {
    Keyword& slot = table[keyword_slot(keyword.text.data(), keyword.text.size())];
    if (!slot.text.empty()) return {};
    slot = keyword;
  }
  return table;
}

inline constexpr std::array<Keyword, 64> kKeywordTable = make_keyword_table();
static_assert(kKeywordTable[keyword_slot("func", 4)].kind == TokenKind::Func, "two keywords share a slot");

// Identifier for every word that is not a keyword.
inline TokenKind keyword_or_identifier(const char* word, std::size_t size) {
  if (size < 2) return TokenKind::Identifier;
  const Keyword& keyword = kKeywordTable[keyword_slot(word, size)];
  bool same = keyword.text.size() == size && std::memcmp(keyword.text.data(), word, size) == 0;
  return same ? keyword.kind : TokenKind::Identifier;
}

}  // namespace otel::syntax
