// SPDX-License-Identifier: Apache-2.0
#include "toolexec/coverage.h"

#include "base/error.h"
#include "base/scratch_folder.h"

#include "catch.h"

namespace otel::toolexec {
namespace {

TEST_CASE("cover has an output for each file, and one for the variables") {
  ScratchFolder folder;
  base::write_file(folder / "overlay.json", "{\"Replace\": {}}");
  auto command = [&](const std::string& outputs) {
    base::write_file(folder / "outputs", outputs);
    auto list = (folder / "outputs").string();
    auto parsed = gotool::parse_cover_command({"cover", "-outfilelist", list, "/src/a.go", "/src/b.go"});
    REQUIRE(parsed);
    return write_uncovered_files(*parsed, folder / "cache", folder / "overlay.json").words;
  };
  CHECK(command("vars.go\na.cover.go\nb.cover.go\n").back() == "/src/b.go");
  CHECK_THROWS_AS(command("vars.go\na.cover.go\n"), base::InternalError);
  CHECK_THROWS_WITH(command("vars.go\na.cover.go\n"), "cover of 2 files into 2");
}

}  // namespace
}  // namespace otel::toolexec
