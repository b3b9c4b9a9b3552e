// SPDX-License-Identifier: Apache-2.0
#include "gotool/package_pattern.h"

#include "catch.h"

namespace otel::gotool {
namespace {

// The cases of cmd/internal/pkgpattern's own test that don't concern vendor directories.
TEST_CASE("package patterns") {
  struct {
    std::string pattern;
    std::vector<std::string> match, differ;
  } const cases[] = {
      {"", {""}, {"foo"}},
      {"foo", {"foo"}, {"foo/bar", "foobar", "fo"}},
      {"net", {"net"}, {"net/http"}},
      {"net/http", {"net/http"}, {"net"}},
      {"net...", {"net", "net/http", "netchan"}, {"not/http", "not/net/http"}},
      {"net/...", {"net", "net/http"}, {"netchan", "ne"}},
      {"...", {"", "a", "a/b"}, {}},
      {".../x", {"a/x", "/x"}, {"x", "a/xy"}},
      {"a/.../b", {"a/x/b", "a/x/y/b", "a//b"}, {"a/b", "a/x/bc"}},
      {"a...b...", {"ab", "axbx"}, {"a", "xab"}},
      {"a.b", {"a.b"}, {"axb"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.pattern);
    for (const auto& path : c.match) {
      CAPTURE(path);
      CHECK(matches_package_pattern(c.pattern, path));
    }
    for (const auto& path : c.differ) {
      CAPTURE(path);
      CHECK_FALSE(matches_package_pattern(c.pattern, path));
    }
  }
}

TEST_CASE("the last value that matches a package gives its flags") {
  const PatternSubject main{"example.com/app", "/src/app", true, false, true};
  const PatternSubject library{"example.com/app/lib", "/src/app/lib", false, false, true};
  const PatternSubject http{"net/http", "/go/src/net/http", false, true, false};
  const PatternSubject tool{"cmd/go", "/go/src/cmd/go", true, true, false};
  struct {
    std::vector<std::string> values;
    PatternSubject subject;
    std::string expected;
  } const cases[] = {
      {{}, main, ""},
      {{"-N"}, main, "-N"},
      {{"-N"}, library, ""},  // without a pattern: packages named
      {{" -N -l "}, main, "-N -l"},
      {{"all=-N"}, http, "-N"},
      {{"std=-N"}, http, "-N"},
      {{"std=-N"}, main, ""},
      {{"cmd=-N"}, tool, "-N"},
      {{"cmd=-N"}, http, ""},
      {{"net/...=-N"}, http, "-N"},
      {{"net=-N"}, http, ""},
      {{"all=-N", "-l"}, main, "-l"},
      {{"-l", "all=-N"}, main, "-N"},
      {{"all=-N", "-l"}, http, "-N"},
      {{"-N", ""}, main, ""},  // nothing for the packages named
      {{"all=-N", ""}, http, "-N"},
      {{"all=-N", "net/http="}, http, ""},
      {{". = -N"}, main, "-N"},
      {{"./...=-N"}, library, "-N"},
      {{"./lib=-N"}, library, "-N"},
      {{"./lib=-N"}, main, ""},
      {{"./...=-N"}, http, ""},
      {{"../app=-N"}, main, "-N"},
      {{"/src/app/lib=-N"}, library, ""},  // an import path to go
      {{"work=-N"}, library, "-N"},
      {{"work=-N"}, http, ""},
      {{"example.com/app=-d=ssa/check=1"}, main, "-d=ssa/check=1"},
      {{"nonsense"}, main, ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.values, c.subject.import_path);
    CHECK(per_package_flags(c.values, c.subject, "/src/app") == c.expected);
  }
}

TEST_CASE("the pattern of a directory is relative, and none where a pattern would end or widen") {
  struct {
    std::string package_directory, directory, expected;
  } const cases[] = {
      {"/go/src/net/http", "/home/me/app", "../../../go/src/net/http"},
      {"/go/src/net/http", "/", "./go/src/net/http"},
      {"/home/me/app/ask", "/home/me/app", "./ask"},
      {"/home/me/app", "/home/me/app", "."},
      {"/home/me", "/home/me/app", ".."},
      {"/home/me/..app", "/home/me", "./..app"},
      {"/mod/example.com/a@v1.0.0+incompatible/b", "/app", "../mod/example.com/a@v1.0.0+incompatible/b"},
      {"/mod/a=b/c", "/app", ""},
      {"/mod/a...b/c", "/app", ""},
      {"/mod/a b", "/app", ""},
      {"", "/app", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.package_directory, c.directory);
    auto pattern = relative_pattern(c.package_directory, c.directory);
    CHECK(pattern == c.expected);
    const PatternSubject subject{"p", c.package_directory, false, false, false};
    if (!pattern.empty()) CHECK(per_package_flags({pattern + "=-N"}, subject, c.directory) == "-N");
  }
}

}  // namespace
}  // namespace otel::gotool
