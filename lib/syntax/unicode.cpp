// SPDX-License-Identifier: Apache-2.0
#include "syntax/unicode.h"

#include <algorithm>

#include "syntax/unicode_ranges.h"

namespace otel::syntax {
namespace {

bool contains(const RuneRange* ranges, std::size_t count, char32_t rune) {
  const RuneRange* end = ranges + count;
  const RuneRange* found =
      std::lower_bound(ranges, end, rune, [](const RuneRange& range, char32_t r) { return range.last < r; });
  return found != end && found->first <= rune;
}

bool is_ascii_letter(char32_t rune) {
  return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
}

}  // namespace

DecodedRune decode_utf8(const char* text) {
  auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  auto low = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3F); };

  char32_t lead = byte(0);
  if (lead < 0x80) return {.rune = lead, .width = 1};
  if (lead >= 0xC2 && lead < 0xE0 && follows(1)) return {.rune = (lead & 0x1F) << 6 | low(1), .width = 2};
  if (lead >= 0xE0 && lead < 0xF0 && follows(1) && follows(2)) {
    char32_t rune = (lead & 0x0F) << 12 | low(1) << 6 | low(2);
    if (rune >= 0x800 && (rune < 0xD800 || rune >= 0xE000)) return {.rune = rune, .width = 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && follows(1) && follows(2) && follows(3)) {
    char32_t rune = (lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3);
    if (rune >= 0x10000 && rune <= 0x10FFFF) return {.rune = rune, .width = 4};
  }
  return {};
}

void append_utf8(std::string& text, char32_t rune) {
  auto put = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (rune < 0x80) return put(rune);
  if (rune < 0x800) {
    put(0xC0 | rune >> 6);
  } else if (rune < 0x10000) {
    put(0xE0 | rune >> 12);
    put(0x80 | (rune >> 6 & 0x3F));
  } else {
    put(0xF0 | rune >> 18);
    put(0x80 | (rune >> 12 & 0x3F));
    put(0x80 | (rune >> 6 & 0x3F));
  }
  put(0x80 | (rune & 0x3F));
}

std::string with_valid_utf8(std::string_view text) {
  const std::string ended(text);
  std::string valid;
  for (std::size_t at = 0; at < ended.size();) {
    auto [rune, width] = decode_utf8(ended.c_str() + at);
    append_utf8(valid, rune);
    at += width;
  }
  return valid;
}

bool is_utf8(std::string_view text) {
  return with_valid_utf8(text) == text;
}

bool is_letter(char32_t rune) {
  return rune < 0x80 ? is_ascii_letter(rune) : contains(kLetterRanges, kLetterRangeCount, rune);
}

bool is_digit(char32_t rune) {
  return rune < 0x80 ? rune >= '0' && rune <= '9' : contains(kDigitRanges, kDigitRangeCount, rune);
}

}  // namespace otel::syntax
