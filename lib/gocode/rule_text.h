// SPDX-License-Identifier: Apache-2.0
//
// Go text of a rule, which may be written over lines and with comments, as it stands within a line of a woven
// file.
#pragma once

#include <string>
#include <string_view>

namespace otel::gocode {

// The same tokens on one line: comments go, newlines become blanks or the semicolons that they stand for. A
// raw string keeps its newlines.
std::string one_line(std::string_view text);

// An expression on one line spread over `newlines` more, where Go lets a newline be.
std::string spread_expression(std::string_view text, std::size_t newlines);

}  // namespace otel::gocode
