// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_version.h"

#include "catch.h"

namespace otel::gotool {
namespace {

TEST_CASE("versions in ascending order") {
  // Equal ones share a line. Those of a line come before all of the lines below.
  const std::vector<std::vector<std::string>> ascending = {
      {"", "1.2.3", "v", "v1.x", "v01.2.3", "v1.2.3.4", "v1.2.3-"},
      {"v0.0.0-20240101000000-0123456789ab"},
      {"v0.0.0-20240201000000-000000000000"},
      {"v0.0.0", "v0", "v0.0"},
      {"v0.9.0"},
      {"v1.0.0-alpha"},
      {"v1.0.0-alpha.1"},
      {"v1.0.0-alpha.beta"},
      {"v1.0.0-beta"},
      {"v1.0.0-beta.2"},
      {"v1.0.0-beta.11"},
      {"v1.0.0-rc.1"},
      {"v1.0.0-rc.1.0.20240101000000-0123456789ab"},
      {"v1.0.0", "v1", "v1.0.0+incompatible", "v1.0.0+meta.1"},
      {"v1.0.1-0.20240101000000-0123456789ab"},
      {"v1.0.1"},
      {"v1.2.0", "v1.2"},
      {"v1.10.0"},
      {"v2.0.0-pre"},
      {"v2.0.0"},
      {"v18446744073709551616.0.0"},
      {"v18446744073709551617.0.0"},
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (const auto& a : ascending[i]) {
      CAPTURE(a);
      CHECK(is_valid_version(a) == (i > 0));
      for (std::size_t j = 0; j < ascending.size(); ++j)
        for (const auto& b : ascending[j]) {
          CAPTURE(b);
          CHECK((compare_versions(a, b) < 0) == (i < j));
          CHECK((compare_versions(a, b) == 0) == (i == j));
        }
    }
  }
}

TEST_CASE("what a range holds") {
  struct {
    std::string range;
    std::vector<std::string> in, out;
  } const cases[] = {
      {">=v1.7.0, <v2",
       {"v1.7.0", "v1.99.0", "v1.7.1-0.20240101000000-0123456789ab", ""},
       {"v1.6.9", "v2.0.0", "v1.7.0-rc.1", "v3.0.0"}},
      {"v1.2.3", {"v1.2.3", "v1.2.3+incompatible"}, {"v1.2.4", "v1.2.3-pre"}},
      {"= v1.2", {"v1.2.0"}, {"v1.2.1"}},
      {"!=v1.2.3", {"v1.2.4", "v0.1.0"}, {"v1.2.3"}},
      {">v1.2.3,<=v1.3", {"v1.2.4", "v1.3.0"}, {"v1.2.3", "v1.3.1"}},
      {">=1.25, <1.27",
       {"go1.25", "1.26.8", "go1.26.8", "go1.26rc1", "go1.26.8 X:nocoverageredesign"},
       {"go1.24.9", "go1.27", "go1.25rc1"}},
      {">=go1.21", {"go1.21.0", "1.22"}, {"go1.20"}},
      {">=v0", {"v0.0.0", "v1.0.0"}, {"v0.0.0-20240101000000-0123456789ab"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.range);
    std::string why;
    auto range = VersionRange::parse(c.range, &why);
    REQUIRE(range);
    CHECK(range->text() == c.range);
    for (const auto& version : c.in) {
      CAPTURE(version);
      CHECK(range->contains(version));
    }
    for (const auto& version : c.out) {
      CAPTURE(version);
      CHECK_FALSE(range->contains(version));
    }
  }
}

TEST_CASE("malformed ranges say which part is") {
  struct {
    std::string range;
    std::string why;
  } const cases[] = {
      {"", "empty range"},
      {">=", "missing version"},
      {">=v1.0.0,", "missing version"},
      {">=v1.0.0 <v2", "invalid version \"v1.0.0 <v2\""},
      {"~v1.0", "invalid version \"~v1.0\""},
      {"^1.2.3", "invalid version \"^1.2.3\""},
      {"v1.x", "invalid version \"v1.x\""},
      {"=>v1", "invalid version \">v1\""},
      {"latest", "invalid version \"latest\""},
      {"v1.0.0, v01.0.0", "invalid version \"v01.0.0\""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.range);
    std::string why;
    CHECK_FALSE(VersionRange::parse(c.range, &why));
    CHECK(why == c.why);
  }
}

TEST_CASE("a go line without a patch comes before its releases") {
  CHECK((compare_go_lines("1.26", "1.26.0") < 0));
  CHECK((compare_go_lines("1.26", "1.26rc1") < 0));
  CHECK((compare_go_lines("1.26rc1", "1.26.0") < 0));
  CHECK((compare_go_lines("1.26", "1.25.9") > 0));
  CHECK((compare_go_lines("1.20", "1.20.0") == 0));
}

}  // namespace
}  // namespace otel::gotool
