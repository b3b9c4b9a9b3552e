// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include "catch.h"

namespace otel::base {
namespace {

using Pieces = std::vector<std::string_view>;

TEST_CASE("splitting") {
  CHECK(split("", ',').empty());
  CHECK(split("a", ',') == Pieces{"a"});
  CHECK(split("a,,b", ',') == Pieces{"a", "", "b"});
  CHECK(split(",", ',') == Pieces{"", ""});
  CHECK(split_lines("").empty());
  CHECK(split_lines("a\nb") == Pieces{"a", "b"});
  CHECK(split_lines("a\r\n\r\nb\r\n") == Pieces{"a", "", "b"});
  CHECK(split_lines("a\n\n") == Pieces{"a", ""});
  CHECK(split_lines("a\rb\n") == Pieces{"a\rb"});
}

TEST_CASE("trimming, joining, replacing") {
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n") == "");
  CHECK(join({}, ", ") == "");
  CHECK(join({"a", "", "b"}, ", ") == "a, , b");
  CHECK(replace_all("aXXbX", "X", "XX") == "aXXXXbXX");
  CHECK(replace_all("aaa", "aa", "b") == "ba");
}

TEST_CASE("near names") {
  const std::vector<std::string> names = {"before", "after", "function", "at", "go", "T.M"};
  struct {
    std::string typed;
    std::string nearest;  // empty: none
  } const cases[] = {
      {"befor", "before"},
      {"befroe", "before"},  // a swap is one step
      {"bfre", "before"},
      {"bfr", ""},
      {"functoin", "function"},
      {"function", "function"},
      {"Function", "function"},
      {"ta", "at"},
      {"gp", "go"},
      {"xx", ""},
      {"", ""},
      {"T.N", "T.M"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.typed);
    CHECK(nearest_name(c.typed, names).value_or("") == c.nearest);
  }
  CHECK(near_hint("befor", names) == "did you mean \"before\"?");
  CHECK(near_hint("zzz", names) == "");
  CHECK_FALSE(nearest_name("a", {}));
}

TEST_CASE("fields keep every byte and never hold a separator") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  for (const std::string& text :
       {all, std::string("\\t is not a tab\\"), std::string("\t\n\r\\\\n"), std::string()}) {
    auto field = escape_field(text);
    CHECK(field.find_first_of("\t\n\r") == std::string::npos);
    CHECK(unescape_field(field) == text);
  }
  CHECK(escape_field("a\tb\nc\\d\re") == "a\\tb\\nc\\\\d\\re");
}

}  // namespace
}  // namespace otel::base
