// SPDX-License-Identifier: Apache-2.0
#include "gotool/go_environment.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/error.h"

#include "catch.h"

namespace otel::gotool {
namespace {

TEST_CASE("releases of Go") {
  struct {
    std::string version;
    int major, minor;
  } const cases[] = {
      {"go1.26.8", 1, 26},
      {"go1.26", 1, 26},
      {"go1.27rc2", 1, 27},
      {"go2.0", 2, 0},
      {"go1.26.8 X:nodwarf5", 1, 26},
      {"devel go1.27-abc X:foo", 1, 27},
      {"devel +abc", 0, 0},
      {"", 0, 0},
      {"go", 0, 0},
      {"go1", 0, 0},
      {"gox.y", 0, 0},
      {"go1.", 0, 0},
      {"go1.26.8-custom", 1, 26},
  };
  for (const auto& c : cases) {
    CAPTURE(c.version);
    CHECK(parse_go_release(c.version) == GoRelease{c.major, c.minor});
  }
  CHECK(GoRelease{1, 9} < GoRelease{1, 26});
  CHECK(GoRelease{1, 26} < GoRelease{2, 0});
}

TEST_CASE("go env is asked once") {
  int asked = 0;
  auto run = [&](const base::Command& command) {
    ++asked;
    CHECK(command.directory == "/src");
    CHECK(command.arguments[1] == "env");
    std::string output;
    for (std::size_t i = 2; i < command.arguments.size(); ++i) output += "<" + command.arguments[i] + ">\n";
    return base::ProcessResult{0, output, ""};
  };
  auto environment = read_go_environment(run, "go", "/src");
  CHECK(asked == 1);
  CHECK(environment.version == "<GOVERSION>");
  CHECK(environment.goroot == "<GOROOT>");
  CHECK(environment.module_file == "<GOMOD>");
  CHECK(environment.work_file == "<GOWORK>");
  CHECK(environment.goflags == "<GOFLAGS>");
  CHECK(environment.cache == "<GOCACHE>");
  CHECK(environment.module_cache == "<GOMODCACHE>");
  CHECK(environment.all.find("<CGO_ENABLED>") != std::string::npos);
}

TEST_CASE("go env that fails says why") {
  auto failing = [](const base::Command&) { return base::ProcessResult{1, "", "go: unknown mod\n"}; };
  CHECK_THROWS_WITH(read_go_environment(failing, "go", ""), "go env: go: unknown mod");
  auto short_result = [](const base::Command&) { return base::ProcessResult{0, "go1.26\n", ""}; };
  CHECK_THROWS_WITH(read_go_environment(short_result, "go", ""),
                    fmt::format("go env printed 2 lines instead of {}", environment_names().size()));
}

}  // namespace
}  // namespace otel::gotool
