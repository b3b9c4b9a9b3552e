// SPDX-License-Identifier: Apache-2.0
//
// One golden case: a comment and named sections, in the format of golang.org/x/tools/txtar. Bytes that an
// editor or git might lose are written out: <BOM>, <CR> in front of a newline, and <END> in front of the last
// newline of a section that has none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::golden {

struct Section {
  std::string name;
  std::string bytes;  // as they are meant, not as they are written
};

struct Archive {
  std::string comment;
  std::vector<Section> sections;

  // Null if there is none of that name.
  const std::string* find(std::string_view name) const;
  // Replaces a section, adds it as the last, or takes it away.
  void set(const std::string& name, const std::optional<std::string>& bytes);
};

Archive parse_archive(std::string_view text);
std::string render_archive(const Archive& archive);

}  // namespace otel::golden
