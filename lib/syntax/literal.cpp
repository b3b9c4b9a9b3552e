// SPDX-License-Identifier: Apache-2.0
#include "syntax/literal.h"

#include <algorithm>
#include <fmt/format.h>

#include "syntax/unicode.h"

namespace otel::syntax {
namespace {

int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  char lower = static_cast<char>(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

// The number of exactly that many digits at the start of text, which it removes; nothing if they are not
// there.
std::optional<char32_t> take_number(std::string_view& text, std::size_t digits, int base) {
  if (text.size() < digits) return std::nullopt;
  char32_t number = 0;
  for (char digit : text.substr(0, digits)) {
    int value = digit_value(digit);
    if (value >= base) return std::nullopt;
    number = number * static_cast<char32_t>(base) + static_cast<char32_t>(value);
  }
  text.remove_prefix(digits);
  return number;
}

// A byte given by its number.
bool append_byte(std::string& value, std::optional<char32_t> number) {
  if (!number || *number > 0xFF) return false;
  value += static_cast<char>(static_cast<unsigned char>(*number));
  return true;
}

// A character given by its number.
bool append_rune(std::string& value, std::optional<char32_t> number) {
  if (!number || *number > 0x10FFFF || (*number >= 0xD800 && *number < 0xE000)) return false;
  append_utf8(value, *number);
  return true;
}

// Appends what an escape sequence stands for and removes it from the start of rest; its backslash is gone
// before.
bool append_escape(std::string& value, std::string_view& rest) {
  constexpr std::string_view kNames = "abfnrtv\\\"";
  constexpr std::string_view kBytes = "\a\b\f\n\r\t\v\\\"";
  if (rest.empty()) return false;
  char first = rest.front();
  if (first >= '0' && first <= '7') return append_byte(value, take_number(rest, 3, 8));
  rest.remove_prefix(1);
  if (first == 'x') return append_byte(value, take_number(rest, 2, 16));
  if (first == 'u') return append_rune(value, take_number(rest, 4, 16));
  if (first == 'U') return append_rune(value, take_number(rest, 8, 16));
  std::size_t name = kNames.find(first);
  if (name == std::string_view::npos) return false;
  value += kBytes[name];
  return true;
}

std::optional<std::string> unquote_raw(std::string_view inside) {
  if (inside.find('`') != std::string_view::npos) return std::nullopt;
  std::string value(inside);
  std::erase(value, '\r');
  return value;
}

std::optional<std::string> unquote_interpreted(std::string_view rest) {
  std::string value;
  while (!rest.empty()) {
    char byte = rest.front();
    rest.remove_prefix(1);
    if (byte == '"' || byte == '\n') return std::nullopt;
    if (byte != '\\')
      value += byte;
    else if (!append_escape(value, rest))
      return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::string> unquote(std::string_view literal) {
  if (literal.size() < 2 || literal.front() != literal.back()) return std::nullopt;
  std::string_view inside = literal.substr(1, literal.size() - 2);
  if (literal.front() == '`') return unquote_raw(inside);
  if (literal.front() == '"') return unquote_interpreted(inside);
  return std::nullopt;
}

std::string quote(std::string_view value) {
  constexpr char32_t kIllegal = 0xFFFD;
  const std::string text(value);
  std::string literal = "\"";
  for (std::size_t at = 0; at < text.size();) {
    auto [rune, width] = decode_utf8(text.c_str() + at);
    auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '"' || byte == '\\')
      literal += {'\\', text[at]};
    else if (byte < 0x20 || byte == 0x7F || (rune == kIllegal && width == 1))
      literal += fmt::format("\\x{:02x}", byte);
    else
      literal.append(text, at, width);
    at += width;
  }
  return literal + '"';
}

}  // namespace otel::syntax
