// SPDX-License-Identifier: Apache-2.0
#include "syntax/literal.h"

#include "catch.h"

namespace otel::syntax {
namespace {

TEST_CASE("unquote gives the value of a Go string literal") {
  struct {
    std::string literal;
    std::string expected;
  } const cases[] = {
      {R"("")", ""},
      {R"("net/http")", "net/http"},
      {"`net/http`", "net/http"},
      {"`a\\n\r\nb\"`", "a\\n\nb\""},
      {R"("\a\b\f\n\r\t\v\\\"")", "\a\b\f\n\r\t\v\\\""},
      {R"("\x41\101é\U0001F600")", "AA\u00e9\U0001F600"},
      {R"("\u0416\u20ac")", "\u0416\u20ac"},
      {R"("\xff\377")", "\xff\xff"},
      {R"("'")", "'"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.literal);
    REQUIRE(unquote(c.literal));
    CHECK(*unquote(c.literal) == c.expected);
  }
}

TEST_CASE("unquote takes nothing else") {
  for (std::string literal : {"",          "\"",        "`",        "x",           "\"a",
                              "a\"",       "\"a`",      "'a'",      "\"a\"b\"",    "`a`b`",
                              "\"a\nb\"",  R"("\q")",   R"("\'")",  R"("\")",      R"("\x4")",
                              R"("\xg0")", R"("\400")", R"("\08")", R"("\ud800")", R"("\U00110000")",
                              R"("\u123")"}) {
    CAPTURE(literal);
    CHECK_FALSE(unquote(literal));
  }
}

TEST_CASE("quote is the way back, for every byte") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  for (const auto& value : {all, std::string(), std::string("a\"b\\c"), std::string("é\U0001F600")}) {
    CAPTURE(value);
    CHECK(unquote(quote(value)) == value);
  }
  CHECK(quote("a\"b\\é\n\xff") == R"("a\"b\\é\x0a\xff")");
}

}  // namespace
}  // namespace otel::syntax
