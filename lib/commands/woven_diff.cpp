// SPDX-License-Identifier: Apache-2.0
#include "commands/woven_diff.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace otel::commands {
namespace {

constexpr std::size_t kContext = 3;

// Lines with their newlines, so that a missing last one counts.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? text.size() : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

std::string render_line(char sign, std::string_view line) {
  bool ended = line.back() == '\n';
  return fmt::format("{}{}{}", sign, line, ended ? "" : "\n\\ No newline at end of file\n");
}

// "12,3", an empty range has the number of the line before it.
std::string range_text(std::size_t first, std::size_t count) {
  return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

class Diff {
 public:
  Diff(std::string_view before, std::string_view after) : old_(lines_of(before)), new_(lines_of(after)) {}

  std::string hunks() const {
    std::string text;
    auto longest = std::max(old_.size(), new_.size());
    for (std::size_t at = 0; at < longest;) {
      if (is_same(at)) {
        ++at;
        continue;
      }
      auto end = at + 1;
      // Changes with less between them than both their contexts share a hunk.
      for (auto next = end; next < longest && next - end <= 2 * kContext; ++next)
        if (!is_same(next)) end = next + 1;
      auto first = at > kContext ? at - kContext : 0;
      text += hunk(first, std::min(longest, end + kContext));
      at = end;
    }
    return text;
  }

 private:
  bool is_same(std::size_t at) const { return at < old_.size() && at < new_.size() && old_[at] == new_[at]; }

  std::string hunk(std::size_t first, std::size_t end) const {
    auto count = [&](const auto& lines) {
      return std::min(end, lines.size()) - std::min(first, lines.size());
    };
    auto text = fmt::format("@@ -{} +{} @@\n", range_text(std::min(first, old_.size()), count(old_)),
                            range_text(std::min(first, new_.size()), count(new_)));
    for (auto at = first; at < end;) {
      if (is_same(at)) {
        text += render_line(' ', old_[at++]);
        continue;
      }
      auto behind = at;
      while (behind < end && !is_same(behind)) ++behind;
      for (auto i = at; i < std::min(behind, old_.size()); ++i) text += render_line('-', old_[i]);
      for (auto i = at; i < std::min(behind, new_.size()); ++i) text += render_line('+', new_[i]);
      at = behind;
    }
    return text;
  }

  std::vector<std::string_view> old_;
  std::vector<std::string_view> new_;
};

}  // namespace

std::string render_diff(const std::string& name, std::optional<std::string_view> before,
                        std::string_view after) {
  auto hunks = Diff(before.value_or(""), after).hunks();
  if (hunks.empty()) return "";
  auto slash = name.substr(0, 1) == "/" ? "" : "/";
  return fmt::format("--- {}\n+++ b{}{}\n{}", before ? fmt::format("a{}{}", slash, name) : "/dev/null", slash,
                     name, hunks);
}

}  // namespace otel::commands
