// SPDX-License-Identifier: Apache-2.0
//
// One Go file while weaves of all kinds go into it. Lines stay where they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/edits.h"

#include "gocode/go_package.h"
#include "gocode/slot.h"

namespace otel::gocode {

// Where a weave went in, or why not; one for each rule that has something to do with the file.
struct WeavePoint {
  std::string rule;
  std::string file;           // its path
  syntax::Position position;  // of the function, type or expression
  std::string refused;        // the reason; empty if it is woven
};

struct FileWeaving {
  const GoFile& file;
  Compilation compilation;

  syntax::Edits edits = {};
  std::string appended = {};                // Go declarations for the end of the file
  std::string variables = {};               // and for a file that the compiler reads last
  std::vector<syntax::Span> replaced = {};  // expressions that others are replacing
  std::vector<WeavePoint> points = {};

  void add_point(const std::string& rule, std::size_t offset, std::string refused = "");
  // The whole file; nothing if no weave touches it.
  std::optional<std::string> woven() const;
};

}  // namespace otel::gocode
