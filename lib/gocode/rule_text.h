// SPDX-License-Identifier: Apache-2.0
//
// Go text of a rule, which may be written over lines and with comments, as it stands within a line of a woven
// file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::gocode {

// The same tokens on one line: comments go, newlines become blanks or the semicolons that they stand for. A
// raw string keeps its newlines.
std::string one_line(std::string_view text);

// An expression on one line spread over `newlines` more, where Go lets a newline be.
std::string spread_expression(std::string_view text, std::size_t newlines);

// Whether the text is an expression with an operator outside of brackets, which binds to what is put beside
// it.
bool has_operator(std::string_view text);

// Whether evaluating the text twice may differ from evaluating it once: it has a call, or what looks like
// one, or receives from a channel.
bool may_have_effect(std::string_view text);

// Whether the text has the name in front of a period, as the name of a package is.
bool has_qualifier(std::string_view text, std::string_view name);

// The text with other names for packages.
std::string rename_qualifiers(std::string_view text, const std::map<std::string, std::string>& names);

// The expressions of a list, each on one line; nothing if the text is no list of Go expressions. What is
// between brackets is not looked at.
std::optional<std::vector<std::string>> split_expressions(std::string_view text);

}  // namespace otel::gocode
