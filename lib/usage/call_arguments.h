// SPDX-License-Identifier: Apache-2.0
//
// The arguments of a call.
#pragma once

#include <cstddef>

#include "gocode/go_package.h"

namespace otel::usage {

// Where the variadic arguments of a call are: before the first, and behind the last with its dots.
struct Variadic {
  std::size_t begin = 0;
  std::size_t end = 0;
  // The only argument may be a call with several results: then there is no telling them apart.
  bool unknown = false;
};

// Of the call whose parenthesis is at a token, of a function with `fixed` parameters before the variadic one.
Variadic find_variadic(const gocode::GoFile& file, std::size_t open, std::size_t fixed);

}  // namespace otel::usage
