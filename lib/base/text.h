// SPDX-License-Identifier: Apache-2.0
//
// Text in, text out: what the other libraries need beyond <string>. Knows no Go and touches no disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::base {

std::string_view trim(std::string_view text);

// The pieces between separators; "a,,b" has three. An empty text has none.
std::vector<std::string_view> split(std::string_view text, char separator);
std::vector<std::string_view> split_lines(std::string_view text);
std::string join(const std::vector<std::string>& pieces, std::string_view separator);

std::string replace_all(std::string text, std::string_view from, std::string_view to);

// The candidate that a mistyped name most likely meant: least edit distance (insert, delete, substitute, swap
// neighbours), at most a third of its length; none if nothing is near.
std::optional<std::string> nearest_name(std::string_view typed, const std::vector<std::string>& candidates);

// "; did you mean "x"?" without the leading "; ", ready for Error::hint; empty if nothing is near.
std::string near_hint(std::string_view typed, const std::vector<std::string>& candidates);

// One field of a tab-separated line: backslash, tab, newline and carriage return are escaped, so that a field
// never ends a line or another field. unescape_field(escape_field(x)) == x for every x.
std::string escape_field(std::string_view text);
std::string unescape_field(std::string_view text);

}  // namespace otel::base
