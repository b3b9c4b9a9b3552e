// SPDX-License-Identifier: Apache-2.0
#include "plan/record.h"

#include <charconv>
#include <fmt/format.h>

#include "base/digest.h"

namespace otel::plan {
namespace {

constexpr std::string_view kEnd = "end ";

// Takes "name size\n" and as many bytes off the front of a text; false if it doesn't begin with them.
bool take_section(std::string_view& text, Sections& sections) {
  auto blank = text.find(' ');
  auto line_end = text.find('\n');
  if (line_end == std::string_view::npos || blank > line_end) return false;
  std::size_t size = 0;
  const char* last = text.data() + line_end;
  auto number = std::from_chars(text.data() + blank + 1, last, size);
  if (number.ec != std::errc() || number.ptr != last) return false;
  if (size > text.size() - line_end - 1) return false;
  bool first = sections.emplace(text.substr(0, blank), text.substr(line_end + 1, size)).second;
  text.remove_prefix(line_end + 1 + size);
  return first;
}

}  // namespace

std::string render_record(const Sections& sections) {
  std::string text;
  for (const auto& [name, bytes] : sections) text += fmt::format("{} {}\n{}", name, bytes.size(), bytes);
  return text + fmt::format("{}{}\n", kEnd, base::short_digest(text));
}

std::optional<Sections> parse_record(std::string_view text) {
  const auto tail = kEnd.size() + base::short_digest("").size() + 1;
  if (text.size() < tail) return std::nullopt;
  auto body = text.substr(0, text.size() - tail);
  if (text.substr(body.size()) != fmt::format("{}{}\n", kEnd, base::short_digest(body))) return std::nullopt;
  Sections sections;
  while (!body.empty())
    if (!take_section(body, sections)) return std::nullopt;
  return sections;
}

}  // namespace otel::plan
