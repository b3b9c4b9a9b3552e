// SPDX-License-Identifier: Apache-2.0
#include "plan/woven_text.h"

#include <set>

#include "base/text.h"

namespace otel::plan {
namespace {

// Written in two pieces, so that otel's own bytes don't hold them.
std::string begin_mark() {
  return std::string("\n[otel woven") + " begin]\n";
}
std::string end_mark() {
  return std::string("[otel woven") + " end]\n";
}

}  // namespace

std::vector<std::string> rule_names(const PackagePlan& plan) {
  std::set<std::string> names;
  for (const auto& weave : plan.weaves) names.insert(kinds::rule_of(weave));
  return {names.begin(), names.end()};
}

std::string render_woven_text(const WovenText& text) {
  auto lines = begin_mark() + "otel\t" + base::escape_field(text.otel) + "\nopentelemetry\t" +
               base::escape_field(text.opentelemetry) + "\n";
  for (const auto& rule : text.rules)
    lines += "rule\t" + base::escape_field(rule.rule) + "\t" + base::escape_field(rule.package) + "\t" +
             base::escape_field(rule.version) + "\n";
  return lines + end_mark();
}

std::optional<WovenText> find_woven_text(std::string_view bytes) {
  auto mark = begin_mark();
  auto begin = bytes.find(mark);
  if (begin == std::string_view::npos) return std::nullopt;
  bytes.remove_prefix(begin + mark.size());
  auto end = bytes.find(end_mark());
  if (end == std::string_view::npos) return std::nullopt;
  WovenText text;
  for (auto line : base::split_lines(bytes.substr(0, end))) {
    std::vector<std::string> fields;
    for (auto field : base::split(line, '\t')) fields.push_back(base::unescape_field(field));
    if (fields.size() > 1 && fields[0] == "otel") text.otel = fields[1];
    if (fields.size() > 1 && fields[0] == "opentelemetry") text.opentelemetry = fields[1];
    if (fields.size() > 2 && fields[0] == "rule")
      text.rules.push_back({fields[1], fields[2], fields.size() > 3 ? fields[3] : ""});
  }
  return text;
}

}  // namespace otel::plan
