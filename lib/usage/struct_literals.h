// SPDX-License-Identifier: Apache-2.0
//
// Composite literals of a struct type in a file. One whose type is elided is found where the literal around
// it spells the type of its elements.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "usage/hook_variable.h"

namespace otel::usage {

// One composite literal, in token indices.
struct StructLiteral {
  std::size_t begin = 0;  // its type, the & before it, or its brace if the type is elided
  std::size_t brace = 0;
  std::string type;
  bool elided = false;
  bool pointer = false;  // its value is *T
};

// In the order of the file, of a type that it uses so.
std::vector<StructLiteral> find_literals(const gocode::GoFile& file, const Uses& uses);

// The keys of a literal; nothing for elements without.
std::optional<std::vector<std::string_view>> read_keys(const gocode::GoFile& file, std::size_t brace);

}  // namespace otel::usage
