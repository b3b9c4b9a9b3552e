// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include "catch.h"

namespace otel::base {
namespace {

TEST_CASE("an error shows what its place knows") {
  struct {
    std::string what;
    Place place;
    std::string expected;
  } const cases[] = {
      {"only the file", {"a.yaml", 0, 0, "", 1}, "a.yaml: wrong\n"},
      {"the line", {"a.yaml", 3, 0, "", 1}, "a.yaml:3: wrong\n"},
      {"line and column", {"a.yaml", 3, 7, "", 1}, "a.yaml:3:7: wrong\n"},
      {"a line without a column has no caret", {"a.yaml", 3, 0, "text", 1}, "a.yaml:3: wrong\n"},
      {"a caret", {"a.yaml", 3, 1, "text", 1}, "a.yaml:3:1: wrong\n    3 | text\n      | ^\n"},
      {"a caret of some width",
       {"a", 12, 6, "  k: word", 4},
       "a:12:6: wrong\n   12 |   k: word\n      |      ^~~~\n"},
      {"tabs under tabs", {"a", 1, 4, "\ta\tb", 1}, "a:1:4: wrong\n    1 | \ta\tb\n      | \t \t^\n"},
      {"line numbers of six digits",
       {"a", 123456, 2, "ab", 1},
       "a:123456:2: wrong\n123456 | ab\n       |  ^\n"},
      {"a column behind the line", {"a", 1, 9, "ab", 1}, "a:1:9: wrong\n    1 | ab\n      |   ^\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    CHECK(Error("wrong").at(c.place).render() == c.expected);
  }
}

TEST_CASE("an error without a place is otel's, and a hint follows the message") {
  CHECK(Error("wrong").render() == "otel: wrong\n");
  CHECK(Error("wrong").hint("turn it round").render() == "otel: wrong; turn it round\n");
  CHECK(Error("wrong").at({"f", 2, 1, "x", 1}).hint("turn it").render() ==
        "f:2:1: wrong; turn it\n    2 | x\n      | ^\n");
}

TEST_CASE("an error carries its exit status") {
  CHECK(Error("wrong").status() == 1);
  CHECK(Error("wrong").status(kExitUsage).status() == 2);
  CHECK(std::string(Error("wrong").hint("h").what()) == "wrong");
}

TEST_CASE("warnings say that they are otel's, wherever they point") {
  CHECK(render_warning("mind it") == "otel: warning: mind it\n");
  CHECK(render_warning("mind it", Place{"a.go", 7, 2, "xy", 1}) ==
        "otel: warning: a.go:7:2: mind it\n    7 | xy\n      |  ^\n");
}

}  // namespace
}  // namespace otel::base
