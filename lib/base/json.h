// SPDX-License-Identifier: Apache-2.0
//
// JSON by Boost.JSON. Paths are bytes, and on Unix need not be UTF-8: strings are read and written with the
// bytes that they have.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace otel::base {

// Malformed text is an Error; `file` is its name there, and `what` the expected content.
boost::json::value parse_json(std::string_view text, const std::string& file, std::string_view what);

// A JSON string literal with its quotes.
std::string json_quote(std::string_view text);

}  // namespace otel::base
