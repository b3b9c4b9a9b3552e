// SPDX-License-Identifier: Apache-2.0
//
// What is to be done to one function that has hooks, and how the hooks take what is the function's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notation/function_name.h"

namespace otel::gocode {

// How a hook takes one receiver, parameter or result of the woven function.
enum class PassMode : char {
  Omit = '-',     // not at all
  Value = 'v',    // type T: its value
  Pointer = 'p',  // type *T: to read and to change
  Boxed = 'i',    // any: its value in an interface
};

// How one hook takes all of them. Parameters start with the receiver of a method. Either list is empty if the
// hook takes none of that kind; else it has one entry each.
struct HookShape {
  std::vector<PassMode> parameters;
  std::vector<PassMode> results;

  // "-vp|v"
  std::string text() const;
  // Throws base::InternalError for what text() doesn't write.
  static HookShape parse(std::string_view text);
  bool operator==(const HookShape&) const = default;
};

struct FunctionWeave {
  std::string rule;
  std::string symbol;  // prefix of the names that are added to the package, "otel_<rule>_<function>"
  notation::FunctionName function;
  HookShape before;
  std::optional<HookShape> after;  // nothing: there is no hook at exit
};

}  // namespace otel::gocode
