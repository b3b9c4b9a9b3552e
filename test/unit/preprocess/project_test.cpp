// SPDX-License-Identifier: Apache-2.0
#include "preprocess/project.h"

#include "base/scratch_folder.h"

#include "catch.h"

namespace otel::preprocess {
namespace {

// Why a project is refused, or nothing.
std::string refusal(const cli::Site& site) {
  plan::Inputs inputs;
  auto found = read_project(site, {"build", {}, {}}, inputs);
  const auto* refused = std::get_if<std::string>(&found);
  return refused ? *refused : "";
}

TEST_CASE("projects that can't be woven") {
  ScratchFolder folder;
  cli::Site site;
  site.folder = folder.path();
  for (const char* none : {"", "/dev/null"}) {
    site.go.module_file = none;
    CHECK(refusal(site) == "there is no go.mod here");
  }

  site.go.module_file = (folder / "go.mod").string();
  base::write_file(folder / "vendor/modules.txt", "");
  base::write_file(folder / "go.mod", "module m\n\ngo 1.25.0\n");
  CHECK(refusal(site).empty());
  base::write_file(folder / "go.mod", "module m\n\ngo 1.25.0\n\nreplace otel.runtime => ./runtime\n");
  CHECK(refusal(site) == "the dependencies are vendored, and go.mod replaces otel's run time");
  site.go.goflags = "-mod=mod";
  CHECK(refusal(site).empty());
}

}  // namespace
}  // namespace otel::preprocess
