// SPDX-License-Identifier: Apache-2.0
#include "rules/rule.h"

#include <algorithm>

namespace otel::rules {
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

namespace {

// "T" of "T[_]" and "T[_, _]"
std::string_view without_blank_arguments(std::string_view receiver) {
  auto open = receiver.find('[');
  if (open == std::string_view::npos || receiver.back() != ']') return receiver;
  bool blank = false;  // the argument that was read last
  for (char c : receiver.substr(open + 1, receiver.size() - open - 2)) {
    if (c == ' ') continue;
    if (c != (blank ? ',' : '_')) return receiver;
    blank = !blank;
  }
  return blank ? receiver.substr(0, open) : receiver;
}

}  // namespace

std::optional<FunctionName> parse_function_name(std::string_view text) {
  FunctionName parsed;
  auto dot = text.rfind('.');
  parsed.name = text.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (dot != std::string_view::npos) {
    auto receiver = text.substr(0, dot);
    if (receiver.size() > 3 && receiver.substr(0, 2) == "(*" && receiver.back() == ')') {
      parsed.pointer = true;
      receiver = receiver.substr(2, receiver.size() - 3);
    }
    parsed.receiver = without_blank_arguments(receiver);
    if (!is_identifier(parsed.receiver)) return std::nullopt;
  }
  if (!is_identifier(parsed.name)) return std::nullopt;
  return parsed;
}

}  // namespace otel::rules
