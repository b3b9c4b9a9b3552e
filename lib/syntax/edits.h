// SPDX-License-Identifier: Apache-2.0
//
// What is to change in the bytes of a file, in the manner of cmd/internal/edit: gathered in any order,
// applied once. Offsets are always those of the original bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/source_file.h"

namespace otel::syntax {

class Edits {
 public:
  // The text stands before the byte at offset. Several texts at one offset keep the order of the calls,
  // and stand between a replacement that ends there and one that begins there. Throws base::InternalError for
  // an offset inside of a replaced span.
  void insert(std::size_t offset, std::string text);

  // The same, but in front of the texts that are inserted at the offset already.
  void insert_first(std::size_t offset, std::string text);

  // Replacing an empty span inserts. Throws base::InternalError where something inside of the span was
  // replaced or inserted before.
  void replace(Span span, std::string text);

  // Whether a text of an edit has this in it.
  bool mentions(std::string_view text) const;
  bool empty() const { return edits_.empty(); }

  // Throws base::InternalError for an edit after the end of the bytes.
  std::string apply(std::string_view bytes) const;

  // Whether every byte of the original that stays, stays on its line. Text after the last of them may
  // contain newlines. This is the invariant of weaving: positions in stack traces are those of the user's
  // file.
  bool keeps_lines(std::string_view bytes) const;

 private:
  struct Edit {
    Span span;
    std::string text;
  };

  void add(Edit edit, bool first = false);

  std::vector<Edit> edits_;  // in the order of the file, without overlap
};

}  // namespace otel::syntax
