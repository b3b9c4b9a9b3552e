// SPDX-License-Identifier: Apache-2.0
#include "toolexec/uncovered_files.h"

#include "base/error.h"
#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::toolexec {
namespace {

TEST_CASE("cover has an output for each file, and one for the variables") {
  ScratchDirectory directory;
  base::write_file(directory / "overlay.json", "{\"Replace\": {}}");
  auto command = [&](const std::string& outputs) {
    base::write_file(directory / "outputs", outputs);
    auto list = (directory / "outputs").string();
    auto parsed = gotool::parse_cover_command({"cover", "-outfilelist", list, "/src/a.go", "/src/b.go"});
    REQUIRE(parsed);
    return write_uncovered_files(*parsed, directory / "cache", directory / "overlay.json").arguments;
  };
  CHECK(command("vars.go\na.cover.go\nb.cover.go\n").back() == "/src/b.go");
  CHECK_THROWS_AS(command("vars.go\na.cover.go\n"), base::InternalError);
  CHECK_THROWS_WITH(command("vars.go\na.cover.go\n"), "cover of 2 files into 2");
}

}  // namespace
}  // namespace otel::toolexec
