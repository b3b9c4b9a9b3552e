// SPDX-License-Identifier: Apache-2.0
#include "toolexec/fetched_positions.h"

#include "catch.h"

namespace otel::toolexec {
namespace {

const LinkedDirectory kDirectory = {"/cache/fetched/ab", "/mod/x.org/m@v1.2.3", "x.org/m\tv1.2.3\th1:sum="};

std::string positions(const std::string& trimpath) {
  return with_fetched_positions({"compile", "-trimpath", trimpath, "a.go"}, kDirectory)[2];
}

TEST_CASE("positions in a fetched module are those of the module cache") {
  CHECK(positions("/build/b1=>") == "/build/b1=>;/cache/fetched/ab=>/mod/x.org/m@v1.2.3");
  CHECK(positions("/build/b1=>;/gen/s.go=>/cache/fetched/ab/cmd/otel.runtime.go") ==
        "/build/b1=>;/gen/s.go=>/mod/x.org/m@v1.2.3/cmd/otel.runtime.go;"
        "/cache/fetched/ab=>/mod/x.org/m@v1.2.3");
  CHECK(positions("") == "/cache/fetched/ab=>/mod/x.org/m@v1.2.3");
}

TEST_CASE("with -trimpath they have the module's version") {
  CHECK(positions("/build/b1=>;/cache/fetched/ab/cmd=>x.org/m/cmd") ==
        "/build/b1=>;/cache/fetched/ab/cmd=>x.org/m@v1.2.3/cmd");
  CHECK(positions("/cache/fetched/ab=>x.org/m") == "/cache/fetched/ab=>x.org/m@v1.2.3");
}

TEST_CASE("a tool without -trimpath keeps its words") {
  CHECK(with_fetched_positions({"pack", "r"}, kDirectory) == std::vector<std::string>{"pack", "r"});
}

}  // namespace
}  // namespace otel::toolexec
