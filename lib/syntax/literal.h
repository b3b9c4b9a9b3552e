// SPDX-License-Identifier: Apache-2.0
//
// Go string literals to their values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otel::syntax {

// The value of an interpreted or raw string literal with its quotes, as strconv.Unquote gives it; nothing if
// it is not one.
std::optional<std::string> unquote(std::string_view literal);

}  // namespace otel::syntax
