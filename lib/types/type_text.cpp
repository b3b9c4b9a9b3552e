// SPDX-License-Identifier: Apache-2.0
#include "types/type_text.h"

#include "base/text.h"

namespace otel::types {
namespace {

// Behind the bracket that closes the one at `open`; brackets in quotes are part of an import path.
std::size_t behind_brackets(std::string_view type, std::size_t open) {
  int depth = 0;
  bool quoted = false;
  for (auto at = open; at < type.size(); ++at) {
    char c = type[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
    if (depth == 0) return at + 1;
  }
  return type.size();
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> types;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < list.size();) {
    if (list[at] == ',') {
      types.emplace_back(list.substr(begin, at - begin));
      begin = ++at;
    } else if (list[at] == '(' || list[at] == '[' || list[at] == '{') {
      at = behind_brackets(list, at);
    } else if (list[at] == '"') {
      auto end = list.find('"', at + 1);
      at = end == std::string_view::npos ? list.size() : end + 1;
    } else {
      ++at;
    }
  }
  if (begin < list.size()) types.emplace_back(list.substr(begin));
  return types;
}

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '"' || c == '/' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::optional<NamedType> named_type(std::string_view type) {
  auto end = type.find("\".", 1);
  if (type.empty() || type[0] != '"' || end == std::string_view::npos) return std::nullopt;
  auto name = type.substr(end + 2);
  auto arguments = name.find('[');
  if (arguments != std::string_view::npos) {
    if (behind_brackets(name, arguments) != name.size()) return std::nullopt;
    name = name.substr(0, arguments);
  }
  return NamedType{std::string(type.substr(1, end - 1)), std::string(name)};
}

bool is_exported(std::string_view name) {
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
}

std::string_view without_pointer(std::string_view type) {
  return type.substr(type.substr(0, 1) == "*" ? 1 : 0);
}

std::string element_type(std::string_view type) {
  if (type.substr(0, 2) == "*[") type.remove_prefix(1);
  if (type == "string") return "uint8";
  for (std::string_view channel : {"<-chan ", "chan<- ", "chan "})
    if (type.substr(0, channel.size()) == channel) return std::string(type.substr(channel.size()));
  for (std::string_view channel : {"<-chan", "chan<-", "chan"})
    if (type.size() > channel.size() && type.substr(0, channel.size()) == channel &&
        !is_word_byte(type[channel.size()]))
      return std::string(type.substr(channel.size()));
  auto open = type.substr(0, 4) == "map[" ? 3U : 0U;
  if (open >= type.size() || type[open] != '[') return "";
  return std::string(type.substr(behind_brackets(type, open)));
}

std::optional<std::vector<std::string>> result_types(std::string_view type) {
  if (type.substr(0, 5) != "func(") return std::nullopt;
  auto results = base::trim(type.substr(behind_brackets(type, 4)));
  if (results.empty()) return std::vector<std::string>();
  bool list = results[0] == '(' && behind_brackets(results, 0) == results.size();
  if (!list) return std::vector{std::string(results)};
  return split_list(results.substr(1, results.size() - 2));
}

std::string func_type(const std::vector<std::string>& parameters, const std::vector<std::string>& results) {
  auto text = "func(" + base::join(parameters, ",") + ")";
  if (results.size() == 1) return text + " " + results[0];
  return results.empty() ? text : text + "(" + base::join(results, ",") + ")";
}

std::string without_byte_and_rune(std::string_view type) {
  std::string text;
  for (std::size_t at = 0; at < type.size();) {
    std::size_t end = at;
    while (end < type.size() && is_word_byte(type[end])) ++end;
    auto word = type.substr(at, end - at);
    text += word == "byte" ? "uint8" : word == "rune" ? "int32" : word;
    if (end < type.size()) text += type[end++];
    at = end;
  }
  return text;
}

}  // namespace otel::types
