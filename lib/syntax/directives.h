// SPDX-License-Identifier: Apache-2.0
//
// The directives of a declaration: `//go:noinline`, `//otel:span name=checkout`.
#pragma once

#include <cstddef>
#include <vector>

#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

// The comment lines of the form `//word:word…` (the words of a-z and 0-9, no blank after the slashes) in the
// doc comment of the declaration that starts with a token: the last group of adjacent comments before
// it, if that ends on the line above. These are the lead comments of go/parser.
std::vector<Span> directives_above(const SourceFile& file, const TokenList& tokens, std::size_t token);

}  // namespace otel::syntax
