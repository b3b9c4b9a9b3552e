// SPDX-License-Identifier: Apache-2.0
//
// What the scanner asks about characters beyond ASCII: Go's identifiers may have them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otel::syntax {

struct DecodedRune {
  char32_t rune = 0xFFFD;
  std::size_t width = 1;  // bytes; 1 for an illegal encoding, whose rune is U+FFFD
};

// The first character of a text that ends in a zero byte. Illegal is what unicode/utf8 holds for illegal:
// overlong forms, surrogates, beyond U+10FFFF, cut off.
DecodedRune decode_utf8(const char* text);
void append_utf8(std::string& text, char32_t rune);

bool is_utf8(std::string_view text);
// With U+FFFD in place of each byte that isn't of a character, as encoding/json reads a string.
std::string with_valid_utf8(std::string_view text);

// unicode.IsLetter and unicode.IsDigit of Go's unicode package, for any code point.
bool is_letter(char32_t rune);
bool is_digit(char32_t rune);

}  // namespace otel::syntax
