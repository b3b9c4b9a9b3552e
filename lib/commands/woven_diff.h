// SPDX-License-Identifier: Apache-2.0
//
// What weaving changes in one file, as a unified diff. Weaving keeps lines where they are, so lines are
// compared one by one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otel::commands {

// "--- a/<name>" and "+++ b/<name>" with hunks of three lines of context; empty for equal texts. Without a
// text before, the file is a new one.
std::string render_diff(const std::string& name, std::optional<std::string_view> before,
                        std::string_view after);

}  // namespace otel::commands
