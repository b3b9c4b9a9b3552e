// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_heads.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace otel::rules {
namespace {

constexpr std::string_view kItem = "- name: ";

// A line as YAML's block style has it.
struct Line {
  std::size_t indent = 0;  // of what isn't blank
  std::string_view text;   // from there

  // The value of a key; nothing if the line has another one.
  std::optional<std::string_view> value_of(std::string_view key) const {
    if (!text.starts_with(key)) return std::nullopt;
    return base::trim(text.substr(key.size()));
  }
  // Of a value, from 1.
  std::size_t column_of(std::string_view value) const {
    return indent + static_cast<std::size_t>(value.data() - text.data()) + 1;
  }
};

// Takes a line off the text.
Line take_line(std::string_view& text) {
  auto row = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(row.size() + 1, text.size()));
  auto indent = std::min(row.find_first_not_of(' '), row.size());
  return {indent, row.substr(indent)};
}

std::size_t count_rules(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(kItem, at)) != std::string_view::npos; at += kItem.size()) ++count;
  return count;
}

}  // namespace

RuleFile scan_rule_heads(const std::string& file, std::string_view text) {
  RuleFile scanned;
  scanned.name = file;
  auto& rules = scanned.rules;
  rules.reserve(count_rules(text));
  Rule common;
  std::size_t indent = 0;  // of the keys of rules
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto line = take_line(text);
    if (auto name = line.value_of(kItem)) {
      indent = line.indent + std::string_view("- ").size();
      auto& rule = rules.emplace_back(common);
      rule.name = *name;
      rule.place.file = file;
      rule.place.line = number;
      rule.place.column = line.column_of(*name);
    } else if (line.indent == indent && !rules.empty()) {
      if (auto package = line.value_of("package: ")) rules.back().package = *package;
    } else if (line.indent == 0) {
      if (auto library = line.value_of("library: ")) common.library = *library;
      if (auto hooks = line.value_of("hooks: ")) common.hooks = *hooks;
      if (auto support = line.value_of("support: ")) common.support = *support == "true";
    }
  }
  return scanned;
}

}  // namespace otel::rules
