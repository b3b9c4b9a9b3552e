// SPDX-License-Identifier: Apache-2.0
#include "preprocess/project.h"

#include "base/scratch_directory.h"

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
  ScratchDirectory directory;
  gotool::Toolchain toolchain;
  toolchain.directory = directory.path();
  for (const char* none : {"", "/dev/null"}) {
    toolchain.env.module_file = none;
    CHECK(refusal(toolchain) == "no go.mod found");
  }

  toolchain.env.module_file = (directory / "go.mod").string();
  base::write_file(directory / "vendor/modules.txt", "");
  base::write_file(directory / "go.mod", "module m\n\ngo 1.25.0\n");
  CHECK(refusal(toolchain).empty());
  base::write_file(directory / "go.mod", "module m\n\ngo 1.25.0\n\nreplace otel.runtime => ./runtime\n");
  CHECK(refusal(toolchain) == "dependencies are vendored, and go.mod replaces otel.runtime");
  toolchain.env.goflags = "-mod=mod";
  CHECK(refusal(toolchain).empty());
}

}  // namespace
}  // namespace otel::preprocess
