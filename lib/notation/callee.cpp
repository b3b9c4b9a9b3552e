// SPDX-License-Identifier: Apache-2.0
#include "notation/callee.h"

#include <utility>

namespace otel::notation {
namespace {

// "gopkg.in/yaml.v3.Marshal": the name is after the last period.
std::optional<std::pair<std::string, std::string>> split_name(std::string_view text) {
  auto dot = text.rfind('.'), slash = text.rfind('/');
  bool inside =
      dot != std::string_view::npos && dot > 0 && (slash == std::string_view::npos || dot > slash + 1);
  if (!inside || text.find_first_of("()* \t\n\"") != std::string_view::npos) return std::nullopt;
  return std::pair{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

}  // namespace

std::string Callee::text() const {
  if (function.receiver.empty()) return package + "." + function.name;
  return std::string("(") + (function.pointer ? "*" : "") + package + "." + function.receiver + ")." +
         function.name;
}

std::optional<Callee> parse_callee(std::string_view text) {
  auto close = text.rfind(").");
  if (text.empty() || text[0] != '(' || close == std::string_view::npos) {
    auto named = split_name(text);
    auto function = named ? parse_function_name(named->second) : std::nullopt;
    return function ? std::optional(Callee{named->first, *function}) : std::nullopt;
  }
  std::size_t begin = text.substr(1, 1) == "*" ? 2 : 1;
  auto type = split_name(without_type_blanks(text.substr(begin, close - begin)));
  if (!type) return std::nullopt;
  auto receiver = begin == 2 ? "(*" + type->second + ")" : type->second;
  auto function = parse_function_name(receiver + std::string(text.substr(close + 1)));
  return function && !function->receiver.empty() ? std::optional(Callee{type->first, *function})
                                                 : std::nullopt;
}

}  // namespace otel::notation
