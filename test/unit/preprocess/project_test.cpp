// SPDX-License-Identifier: Apache-2.0
#include "preprocess/project.h"

#include "base/scratch_folder.h"

#include "catch.h"

namespace otel::preprocess {
namespace {

// Why a project is refused, or nothing.
std::string refusal(const gotool::Toolchain& toolchain) {
  plan::InputReader reader;
  auto found = read_project(
      toolchain, gotool::make_build_request({"build", {}, {}}, toolchain.env.goflags).settings, reader);
  const auto* refused = std::get_if<std::string>(&found);
  return refused ? *refused : "";
}

TEST_CASE("projects that can't be woven") {
  ScratchFolder folder;
  gotool::Toolchain toolchain;
  toolchain.directory = folder.path();
  for (const char* none : {"", "/dev/null"}) {
    toolchain.env.module_file = none;
    CHECK(refusal(toolchain) == "there is no go.mod here");
  }

  toolchain.env.module_file = (folder / "go.mod").string();
  base::write_file(folder / "vendor/modules.txt", "");
  base::write_file(folder / "go.mod", "module m\n\ngo 1.25.0\n");
  CHECK(refusal(toolchain).empty());
  base::write_file(folder / "go.mod", "module m\n\ngo 1.25.0\n\nreplace otel.runtime => ./runtime\n");
  CHECK(refusal(toolchain) == "the dependencies are vendored, and go.mod replaces otel's run time");
  toolchain.env.goflags = "-mod=mod";
  CHECK(refusal(toolchain).empty());
}

}  // namespace
}  // namespace otel::preprocess
