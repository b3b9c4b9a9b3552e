// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include "base/error.h"

#include "catch.h"

namespace otel::base {
namespace {

TEST_CASE("JSON strings") {
  CHECK(json_quote("") == "\"\"");
  CHECK(json_quote("a\"b\\c/d") == "\"a\\\"b\\\\c/d\"");
  CHECK(json_quote(std::string("\n\t\x01\x1f\0", 5)) == "\"\\n\\t\\u0001\\u001f\\u0000\"");
  CHECK(json_quote("é\x7f\xff") == "\"é\x7f\xff\"");
}

TEST_CASE("every string comes back") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  auto back = parse_json(json_quote(all), "x.json", "x");
  REQUIRE(back.is_string());
  CHECK(std::string(back.get_string()) == all);
}

TEST_CASE("the place of what isn't JSON") {
  for (std::string text : {"{\n\"a\": \n,}", "{\n\n}}", "[\n\n"}) {
    CAPTURE(text);
    try {
      parse_json(text, "x.json", "go env");
      FAIL_CHECK("no error");
    } catch (const Error& error) {
      auto rendered = error.render();
      CHECK(rendered.starts_with("x.json:3: go env: "));
    }
  }
}

}  // namespace
}  // namespace otel::base
