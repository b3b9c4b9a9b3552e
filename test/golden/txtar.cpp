// SPDX-License-Identifier: Apache-2.0
#include "txtar.h"

#include <algorithm>

#include "base/text.h"

namespace otel::golden {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string decode(std::string text) {
  text = base::replace_all(std::move(text), "<BOM>", kByteOrderMark);
  text = base::replace_all(std::move(text), "<CR>\n", "\r\n");
  return base::replace_all(std::move(text), "<END>\n", "");
}

std::string encode(std::string bytes) {
  bytes = base::replace_all(std::move(bytes), kByteOrderMark, "<BOM>");
  bytes = base::replace_all(std::move(bytes), "\r\n", "<CR>\n");
  if (!bytes.empty() && bytes.back() != '\n') bytes += "<END>\n";
  return bytes;
}

// The name in "-- name --"; nothing for any other line.
std::optional<std::string> section_name(std::string_view line) {
  if (line.size() < 7 || line.substr(0, 3) != "-- " || line.substr(line.size() - 3) != " --")
    return std::nullopt;
  return std::string(base::trim(line.substr(3, line.size() - 6)));
}

}  // namespace

const std::string* Archive::find(std::string_view name) const {
  auto found =
      std::find_if(sections.begin(), sections.end(), [&](const Section& s) { return s.name == name; });
  return found == sections.end() ? nullptr : &found->bytes;
}

void Archive::set(const std::string& name, const std::optional<std::string>& bytes) {
  auto found =
      std::find_if(sections.begin(), sections.end(), [&](const Section& s) { return s.name == name; });
  if (!bytes) {
    if (found != sections.end()) sections.erase(found);
  } else if (found != sections.end()) {
    found->bytes = *bytes;
  } else {
    sections.push_back({name, *bytes});
  }
}

Archive parse_archive(std::string_view text) {
  Archive archive;
  std::string* into = &archive.comment;
  for (auto line : base::split_lines(text)) {
    if (auto name = section_name(line)) {
      archive.sections.push_back({*name, ""});
      into = &archive.sections.back().bytes;
      continue;
    }
    into->append(line).append("\n");
  }
  for (auto& section : archive.sections) section.bytes = decode(section.bytes);
  return archive;
}

std::string render_archive(const Archive& archive) {
  std::string text = archive.comment;
  for (const auto& section : archive.sections) text += "-- " + section.name + " --\n" + encode(section.bytes);
  return text;
}

}  // namespace otel::golden
