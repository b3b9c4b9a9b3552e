// SPDX-License-Identifier: Apache-2.0
#include "plan/vendor.h"

#include "catch.h"

using namespace otel;
using namespace otel::plan;

TEST_CASE("vendor/modules.txt") {
  auto modules = parse_vendor_list(
      "## workspace\n"
      "# a.org/x v1.2.3\n## explicit; go 1.21\na.org/x\na.org/x/sub\n"
      "# a.org/y v0.0.0-2024 => ../y\n## explicit\na.org/y\n"
      "# a.org/z v1.0.0 => b.org/z v1.1.0\n"
      "# a.org/y => ../y\n");
  REQUIRE(modules.size() == 3);
  CHECK(modules[0].path == "a.org/x");
  CHECK(modules[0].version == "v1.2.3");
  CHECK(modules[0].go == "1.21");
  CHECK(modules[1].version == "v0.0.0-2024");
  CHECK(modules[1].go == "");
  CHECK(modules[2].path == "a.org/z");
  CHECK(render_vendored_stub("a.org/x", modules) == "module a.org/x\n\ngo 1.21\n");
  CHECK(render_vendored_stub("a.org/z", modules) == "module a.org/z\n");
}

TEST_CASE("a go.mod that takes vendored sources") {
  std::string text =
      "module m\n\ngo 1.22\n\nrequire a.org/x v1.2.3\n\nreplace (\n\ta.org/x => ../x\n)\n\nexclude a.org/y "
      "v1.0.0\n";
  auto user = gotool::parse_module_file(text);
  auto all = add_vendored(user, {{"a.org/x", "v1.2.3", ""}, {"a.org/y", "v0.9.0", ""}});
  REQUIRE(all.requirements.size() == 2);
  auto rendered = render_vendored_module(text, user, all, {"a.org/y"});
  auto read = gotool::parse_module_file(rendered);
  CHECK(read.go == "1.22");
  CHECK(read.required_version("a.org/x") == "v1.2.3");
  CHECK(read.required_version("a.org/y") == "v0.9.0");
  REQUIRE(read.directories.size() == 1);
  CHECK(read.directories[0].path == "a.org/x");
  CHECK(read.directories[0].directory == "./vendor/a.org/x");
  CHECK(rendered.find("exclude") == std::string::npos);
}

TEST_CASE("a go.work that takes vendored sources") {
  std::string text =
      "go 1.22\n\nuse ./a\n\nreplace (\n\ta.org/x v1.2.3 => ../x\n\ta.org/z => ../z\n)\n\nreplace a.org/y "
      "v0.9.0 => ../y\n";
  gotool::ModuleFile members;
  members.requirements = {{"a.org/x", "v1.2.0"}};
  auto all = add_vendored(members, {{"a.org/x", "v1.2.3", ""}, {"a.org/y", "v0.9.0", ""}});
  auto rendered = render_vendored_work(text, all, {"a.org/y"});
  CHECK(rendered.find("use ./a") != std::string::npos);
  auto read = gotool::parse_module_file(rendered);
  REQUIRE(read.directories.size() == 2);
  CHECK(read.directories[0].path == "a.org/z");
  CHECK(read.directories[0].directory == "../z");
  CHECK(read.directories[1].path == "a.org/x");
  CHECK(read.directories[1].directory == "./vendor/a.org/x");
  CHECK(rendered.find("replace a.org/x v1.2.3 => ./vendor/a.org/x") != std::string::npos);
  CHECK(rendered.find("a.org/y") == std::string::npos);
}

TEST_CASE("vendor/modules.txt of a workspace") {
  CHECK(is_workspace_list("## workspace\n# a.org/x v1.2.3\n"));
  CHECK(is_workspace_list("## other; workspace\n"));
  CHECK_FALSE(is_workspace_list("# a.org/x v1.2.3\n## workspace\n"));
  CHECK_FALSE(is_workspace_list(""));
}
