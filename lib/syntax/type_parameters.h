// SPDX-License-Identifier: Apache-2.0
//
// The one place where Go's grammar needs more than a look at the next token at the top level.
#pragma once

#include <cstddef>

#include "syntax/scanner.h"

namespace otel::syntax {

// Whether the paired brackets behind the name of a type declaration hold its type parameters, rather than the
// length of an array type:
//
//     type T[P any] …   type T[P *C,] …   type T[P *C|~int] …          type parameters
//     type T [N]E       type T [P *C]E    type T [pkg.N + 1]E          an array
bool holds_type_parameters(const TokenList& tokens, std::size_t open);

}  // namespace otel::syntax
