// SPDX-License-Identifier: Apache-2.0
#include "gotool/glob.h"

#include "catch.h"

namespace otel::gotool {
namespace {

TEST_CASE("globs") {
  constexpr Wildcards none, dots{true, false, false}, star{false, true, false}, mark{false, false, true},
      all{true, true, true};
  struct {
    std::string glob, text;
    Wildcards wildcards;
    bool matches;
  } const cases[] = {
      {"", "", all, true},
      {"", "a", all, false},
      {"a*?...", "a*?...", none, true},
      {"a*?...", "abc", none, false},
      {"*", "a/b", star, false},
      {"*", "", star, true},
      {"a*b*c", "a-b-b-c", star, true},
      {"a*b*c", "a-b-/c", star, false},
      {"...", "a/b", dots, true},
      {"a...c", "ac", dots, true},
      {"....", "a.", dots, true},
      {"....", "a", dots, false},
      {"..", "ab", dots, false},
      {"?", "a", mark, true},
      {"?", "/", mark, false},
      {"?", "", mark, false},
      {"a?c", "aéc", mark, true},
      {"??", "é", mark, false},
      {"*?...x", "abc/dx", all, true},
      {"*?...x", "/x", all, false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.glob, c.text);
    CHECK(matches_glob(c.glob, c.text, c.wildcards) == c.matches);
  }
}

TEST_CASE("many wildcards cost no more time than their number") {
  std::string glob, text(20'000, 'a');
  for (int i = 0; i < 200; ++i) glob += i % 2 ? "*a" : "...a";
  CHECK_FALSE(matches_glob(glob + "b", text, {true, true, false}));
  CHECK(matches_glob(glob, text, {true, true, false}));
}

}  // namespace
}  // namespace otel::gotool
