// SPDX-License-Identifier: Apache-2.0
#include "preprocess/rule_files.h"

#include "base/error.h"
#include "base/scratch_directory.h"

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

TEST_CASE("the directories of a project") {
  ScratchDirectory scratch;
  Path outer = scratch.path() / "outer", repository = outer / "repository", module = repository / "a" / "b";
  std::filesystem::create_directories(module);
  plan::InputReader reader;
  Ownership mine([](const Path&, bool) { return kUser; }, {kUser}, {});
  auto directories = [&](const Path& work) { return find_project_directories(module, work, mine, reader); };
  // Nothing around it: the module alone, or up to the workspace.
  CHECK(directories("") == std::vector<Path>{module});
  CHECK(directories(repository) == std::vector<Path>{repository, repository / "a", module});
  CHECK(directories("/elsewhere") == std::vector<Path>{module});
  auto before = reader.inputs().render();
  // A repository ends it, whatever the workspace; one that appears makes an earlier plan void.
  std::filesystem::create_directories(repository / ".git");
  CHECK_FALSE(plan::unchanged_inputs(before));
  CHECK(directories("") == std::vector<Path>{repository, repository / "a", module});
  CHECK(directories(outer) == std::vector<Path>{repository, repository / "a", module});
  std::filesystem::create_directories(module / ".hg");
  CHECK(directories(outer) == std::vector<Path>{module});
}

TEST_CASE("a repository of another user brings no rule files along") {
  ScratchDirectory scratch;
  Path outer = scratch.path() / "outer", module = outer / "a" / "b";
  std::filesystem::create_directories(module);
  std::filesystem::create_directories(outer / ".git");
  plan::InputReader reader;
  auto owner = [&](const Path& path, bool) { return path == outer / ".git" ? kOther : kUser; };
  auto directories = [&](const Path& work, std::vector<std::string> safe = {}) {
    return find_project_directories(module, work, Ownership(owner, {kUser}, std::move(safe)), reader);
  };
  CHECK(directories("") == std::vector<Path>{module});
  CHECK(directories(outer / "a") == std::vector<Path>{outer / "a", module});
  base::write_file(outer / "a/otel.rules.yaml", "");
  CHECK(error_of([&] { directories(""); }) ==
        (outer / ".git").string() + " belongs to another user (id 1001)");
  CHECK(directories("", {outer.string()}) == std::vector<Path>{outer, outer / "a", module});
  CHECK(directories(outer / "a") == std::vector<Path>{outer / "a", module});  // the workspace names it
}

}  // namespace
}  // namespace otel::preprocess
