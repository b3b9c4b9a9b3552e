// SPDX-License-Identifier: Apache-2.0
//
// The return statements of a body.
#pragma once

#include <cstddef>
#include <vector>

#include "syntax/outline.h"
#include "syntax/scanner.h"

namespace otel::syntax {

struct ReturnStmt {
  std::size_t token = 0;  // the token index of `return`
  Span statement;         // from `return` to its last expression, without a semicolon
  Span expressions;       // from the first to the last; empty, after `return`, if there is none
  std::size_t expressions_count = 0;
};

// Those that leave this body, in order; not those of the function literals in it.
std::vector<ReturnStmt> returns(const TokenList& tokens, const Braces& body);

}  // namespace otel::syntax
