// SPDX-License-Identifier: Apache-2.0
//
// Tokens and outline of a file as text, line by line the same as dump.go writes it from Go's own packages.
#pragma once

#include <string>

#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

std::string dump_tokens(const SourceFile& file, const TokenList& tokens);
std::string dump_outline(const SourceFile& file, const TokenList& tokens, const Outline& outline);
// The version of the Unicode tables, then all code points that may stand in an identifier.
std::string dump_unicode();

}  // namespace otel::syntax
