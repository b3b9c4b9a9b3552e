// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

// Boost.JSON itself is compiled here: no library of it is needed where its headers are.
#include <algorithm>
#include <boost/json/src.hpp>
#include <fmt/format.h>

#include "base/error.h"

namespace otel::base {

boost::json::value parse_json(std::string_view text, const std::string& file, std::string_view what) {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;
  boost::json::parser parser({}, options);
  boost::json::error_code failed;
  auto read = parser.write_some({text.data(), text.size()}, failed);
  auto rest = text.substr(read);
  if (!failed && rest.find_first_not_of(" \t\r\n") != std::string_view::npos)
    failed = boost::json::error::extra_data;
  if (!failed) return parser.release();
  auto line = std::count(text.begin(), text.end() - static_cast<std::ptrdiff_t>(rest.size()), '\n') + 1;
  throw Error(fmt::format("{}: {}", what, failed.message()))
      .at({file, static_cast<std::size_t>(line), 0, "", 1});
}

std::string json_quote(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

}  // namespace otel::base
