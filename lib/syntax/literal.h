// SPDX-License-Identifier: Apache-2.0
//
// Go string literals to their values, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otel::syntax {

// The value of an interpreted or raw string literal with its quotes, as strconv.Unquote gives it; nothing if
// it is not one.
std::optional<std::string> unquote(std::string_view literal);

// An interpreted string literal with its quotes, for any bytes: unquote(quote(x)) == x, and the literal is
// UTF-8 without control characters.
std::string quote(std::string_view value);

}  // namespace otel::syntax
