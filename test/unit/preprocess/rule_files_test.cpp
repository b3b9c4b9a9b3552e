// SPDX-License-Identifier: Apache-2.0
#include "preprocess/rule_files.h"

#include "base/error.h"
#include "base/scratch_folder.h"

#include "catch.h"

namespace otel::preprocess {
namespace {

using base::Path;

constexpr unsigned kUser = 1000, kOther = 1001;

std::string error_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const base::Error& error) {
    return error.message();
  }
  return "";
}

TEST_CASE("the folders of a project") {
  ScratchFolder scratch;
  Path outer = scratch.path() / "outer", repository = outer / "repository", module = repository / "a" / "b";
  std::filesystem::create_directories(module);
  plan::InputReader reader;
  Ownership mine([](const Path&, bool) { return kUser; }, {kUser}, {});
  auto folders = [&](const Path& work) { return find_project_folders(module, work, mine, reader); };
  // Nothing around it: the module alone, or up to the workspace.
  CHECK(folders("") == std::vector<Path>{module});
  CHECK(folders(repository) == std::vector<Path>{repository, repository / "a", module});
  CHECK(folders("/elsewhere") == std::vector<Path>{module});
  auto before = reader.inputs().render();
  // A repository ends it, whatever the workspace; one that appears makes an earlier plan void.
  std::filesystem::create_directories(repository / ".git");
  CHECK_FALSE(plan::unchanged_inputs(before));
  CHECK(folders("") == std::vector<Path>{repository, repository / "a", module});
  CHECK(folders(outer) == std::vector<Path>{repository, repository / "a", module});
  std::filesystem::create_directories(module / ".hg");
  CHECK(folders(outer) == std::vector<Path>{module});
}

TEST_CASE("a repository of another user brings no rule files along") {
  ScratchFolder scratch;
  Path outer = scratch.path() / "outer", module = outer / "a" / "b";
  std::filesystem::create_directories(module);
  std::filesystem::create_directories(outer / ".git");
  plan::InputReader reader;
  auto owner = [&](const Path& path, bool) { return path == outer / ".git" ? kOther : kUser; };
  auto folders = [&](const Path& work, std::vector<std::string> safe = {}) {
    return find_project_folders(module, work, Ownership(owner, {kUser}, std::move(safe)), reader);
  };
  CHECK(folders("") == std::vector<Path>{module});
  CHECK(folders(outer / "a") == std::vector<Path>{outer / "a", module});
  base::write_file(outer / "a/otel.rules.yaml", "");
  CHECK(error_of([&] { folders(""); }) ==
        (outer / ".git").string() + " belongs to another user (id 1001), who would decide what is built");
  CHECK(folders("", {outer.string()}) == std::vector<Path>{outer, outer / "a", module});
  CHECK(folders(outer / "a") == std::vector<Path>{outer / "a", module});  // the workspace names it
}

}  // namespace
}  // namespace otel::preprocess
