// SPDX-License-Identifier: Apache-2.0
//
// Where the functions and the package-level variables of a file use a name of the file's or the package's
// scope: an import, above all. A name that a function declares itself (a parameter, `http := …`, a type)
// hides the outer one as far as its own scope reaches, as the Go specification has it. Types and labels are
// not looked at, but for those of composite literals and of their elements: what is asked for are names of
// functions, of types before a literal's brace, and of packages before either.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

// Token indices, ascending. The file must have a complete outline.
std::vector<std::size_t> uses(const SourceFile& file, const TokenList& tokens, const Outline& outline,
                              const std::vector<std::string>& names);

}  // namespace otel::syntax
