// SPDX-License-Identifier: Apache-2.0
#include "syntax/source_file.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace otel::syntax {
namespace {

std::vector<std::uint32_t> find_line_starts(std::string_view bytes) {
  std::vector<std::uint32_t> starts;
  starts.reserve(bytes.size() / 24 + 2);
  starts.push_back(0);
  const char* const base = bytes.data();
  const char* const end = base + bytes.size();
  for (const char* at = base; at != end;) {
    const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (newline == nullptr) break;
    at = static_cast<const char*>(newline) + 1;
    starts.push_back(static_cast<std::uint32_t>(at - base));
  }
  return starts;
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string bytes)
    : path_(std::move(path)), bytes_(std::move(bytes)) {
  if (bytes_.size() >= std::numeric_limits<std::uint32_t>::max())
    throw base::Error("Go source file of 4 GiB or more").at({.file = path_, .source_line = {}});
  line_starts_ = find_line_starts(bytes_);
}

Position SourceFile::position(std::size_t offset) const {
  offset = std::min(offset, bytes_.size());
  auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  auto line = static_cast<std::size_t>(after - line_starts_.begin());
  return {.line = line, .column = offset - line_starts_[line - 1] + 1};
}

std::string_view SourceFile::line(std::size_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  std::size_t begin = line_starts_[number - 1];
  std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : bytes_.size();
  std::string_view line = text({begin, end});
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

base::Place SourceFile::place(Span span) const {
  Position start = position(span.begin);
  std::string_view source_line = line(start.line);
  std::size_t rest = source_line.size() - std::min(start.column - 1, source_line.size());
  return {.file = path_,
          .line = start.line,
          .column = start.column,
          .source_line = std::string(source_line),
          .width = std::clamp<std::size_t>(span.size(), 1, std::max<std::size_t>(rest, 1))};
}

}  // namespace otel::syntax
