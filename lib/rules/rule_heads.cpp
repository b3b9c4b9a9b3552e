// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_heads.h"

#include <algorithm>

#include "base/text.h"

namespace otel::rules {
namespace {

// A line as YAML's block style has it.
struct Line {
  std::size_t indent = 0;  // of the key
  bool is_item = false;    // after "- "
  std::string_view key;
  std::string_view value;
  std::size_t column = 0;  // of the value, from 1
};

Line read_line(std::string_view text) {
  Line line;
  auto at = text.find_first_not_of(' ');
  if (at == std::string_view::npos || text[at] == '#') return line;
  if (text.substr(at).starts_with("- ")) {
    line.is_item = true;
    at = text.find_first_not_of(' ', at + 1);
  }
  line.indent = at;
  auto colon = text.find(':', at);
  if (colon == std::string_view::npos) return line;
  line.key = text.substr(at, colon - at);
  auto value = std::min(text.find_first_not_of(' ', colon + 1), text.size());
  line.value = base::trim(text.substr(value));
  line.column = value + 1;
  return line;
}

}  // namespace

RuleFile scan_rule_heads(const std::string& file, std::string_view text) {
  RuleFile scanned;
  scanned.name = file;
  Rule common;
  std::size_t number = 0;
  std::size_t indent = 0;  // of the keys of rules
  for (auto row : base::split(text, '\n')) {
    ++number;
    auto line = read_line(row);
    auto value = std::string(line.value);
    if (line.is_item && line.key == "name") {
      indent = line.indent;
      scanned.rules.emplace_back();
      auto& rule = scanned.rules.back();
      rule.has_body = false;
      rule.name = value;
      rule.place.file = file;
      rule.place.line = number;
      rule.place.column = line.column;
    } else if (line.indent == 0 && line.key == "library") {
      common.library = value;
    } else if (line.indent == 0 && line.key == "hooks") {
      common.hooks = value;
    } else if (line.indent == 0 && line.key == "support") {
      common.support = value == "true";
    } else if (line.key == "package" && line.indent == indent && !scanned.rules.empty()) {
      scanned.rules.back().package = value;
    }
  }
  for (auto& rule : scanned.rules) {
    rule.library = common.library;
    rule.hooks = common.hooks;
    rule.support = common.support;
  }
  return scanned;
}

}  // namespace otel::rules
