// SPDX-License-Identifier: Apache-2.0
#include "notation/function_name.h"

#include <algorithm>

namespace otel::notation {
namespace {

bool is_identifier(std::string_view text) {
  auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

}  // namespace

std::string FunctionName::text() const {
  if (receiver.empty()) return name;
  return (pointer ? "(*" + receiver + ")" : receiver) + "." + name;
}

std::string without_type_blanks(std::string_view text) {
  auto open = text.find('[');
  auto close = text.find(']', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos || open == 0 ||
      close + 1 == text.size())
    return std::string(text);
  bool blank = false;  // the argument that was read last
  for (char c : text.substr(open + 1, close - open - 1)) {
    if (c == ' ') continue;
    if (c != (blank ? ',' : '_')) return std::string(text);
    blank = !blank;
  }
  if (!blank) return std::string(text);
  return std::string(text.substr(0, open)) + std::string(text.substr(close + 1));
}

std::optional<FunctionName> parse_function_name(std::string_view written) {
  auto text = without_type_blanks(written);
  FunctionName parsed;
  auto dot = text.rfind('.');
  parsed.name = text.substr(dot == std::string::npos ? 0 : dot + 1);
  if (dot != std::string::npos) {
    auto receiver = text.substr(0, dot);
    if (receiver.size() > 3 && receiver.substr(0, 2) == "(*" && receiver.back() == ')') {
      parsed.pointer = true;
      receiver = receiver.substr(2, receiver.size() - 3);
    }
    parsed.receiver = receiver;
    if (!is_identifier(parsed.receiver)) return std::nullopt;
  }
  if (!is_identifier(parsed.name)) return std::nullopt;
  return parsed;
}

}  // namespace otel::notation
