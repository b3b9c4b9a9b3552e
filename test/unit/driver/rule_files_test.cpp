// SPDX-License-Identifier: Apache-2.0
#include "driver/rule_files.h"

#include "base/scratch_folder.h"

#include "catch.h"

namespace otel::driver {
namespace {

using base::Path;

TEST_CASE("the folders of a project") {
  ScratchFolder scratch;
  Path outer = scratch.path() / "outer", repository = outer / "repository", module = repository / "a" / "b";
  std::filesystem::create_directories(module);
  // Nothing around it: the module alone, or up to the workspace.
  CHECK(project_folders(module, "") == std::vector<Path>{module});
  CHECK(project_folders(module, repository) == std::vector<Path>{repository, repository / "a", module});
  CHECK(project_folders(module, "/elsewhere") == std::vector<Path>{module});
  // A repository ends it, whatever the workspace.
  std::filesystem::create_directories(repository / ".git");
  CHECK(project_folders(module, "") == std::vector<Path>{repository, repository / "a", module});
  CHECK(project_folders(module, outer) == std::vector<Path>{repository, repository / "a", module});
  std::filesystem::create_directories(module / ".hg");
  CHECK(project_folders(module, outer) == std::vector<Path>{module});
}

}  // namespace
}  // namespace otel::driver
