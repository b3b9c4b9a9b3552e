// SPDX-License-Identifier: Apache-2.0
//
// One file of Go source as the user wrote it: its path, its bytes, and where its lines start. Everything else
// in otel::syntax speaks in byte offsets into such a file; this is the one place that knows lines and
// columns. It does not read the disk and knows no Go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace otel::syntax {

// The bytes [begin, end) of a source file. Where it stands for something that was not written, it is empty
// and its begin is the place where that would have been written.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin == end; }
  std::size_t size() const { return end - begin; }
  friend bool operator==(const Span&, const Span&) = default;
};

// Lines and columns count from 1, columns in bytes, as the Go tools count them. //line directives don't
// matter here: this is where the user's editor finds it.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

class SourceFile {
 public:
  // Throws base::Error for a file of 4 GiB and more: tokens hold offsets of 32 bits.
  SourceFile(std::string path, std::string bytes);

  const std::string& path() const { return path_; }
  // The byte after the last one is readable and zero.
  std::string_view bytes() const { return bytes_; }
  std::string_view text(Span span) const { return bytes().substr(span.begin, span.size()); }

  // Of an offset up to and including bytes().size(); a larger one counts as that.
  Position position(std::size_t offset) const;
  // The line with that number, without its newline and without the carriage return before that.
  std::string_view line(std::size_t number) const;
  // For messages; a span of several lines is marked to the end of its first.
  base::Place place(Span span) const;

 private:
  std::string path_;
  std::string bytes_;
  std::vector<std::uint32_t> line_starts_;  // ascending, the first is 0
};

}  // namespace otel::syntax
