// SPDX-License-Identifier: Apache-2.0
//
// What woven text must hold is in test/golden; here is what a caller of lib/weave may rely on.
#include "weave/weave_package.h"

#include "catch.h"

namespace otel::weave {
namespace {

using gocode::GoFile;

plan::PackagePlan plan_of(std::vector<kinds::Weave> weaves) {
  plan::PackagePlan plan;
  plan.package = "p";
  plan.weaves = std::move(weaves);
  return plan;
}

kinds::FunctionWeave hooks_of(const std::string& function, const std::string& shape = "|") {
  return {{"r", "otel_r", *notation::parse_function_name(function), gocode::HookShape::parse(shape), {}}, {}};
}

std::vector<GoFile> files_of(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<GoFile> files;
  for (const auto& [name, text] : texts) files.emplace_back("/src/" + name, "package p\n\n" + text + "\n");
  return files;
}

TEST_CASE("a second function of the name is left to go") {
  auto woven = weave_package(plan_of({hooks_of("F", "vv|")}), files_of({{"x.go", "func F() {}"}}));
  CHECK(woven.files.empty());
  REQUIRE(woven.points.size() == 1);
  CHECK(woven.points[0].refused == "the function is declared more than once");
}

TEST_CASE("a package that no weave touches is not woven") {
  auto woven = weave_package(plan_of({hooks_of("F")}), files_of({{"x.go", "func G() {}"}}));
  CHECK(woven.files.empty());
  CHECK(woven.points.empty());
}

TEST_CASE("a refused weave is a point, and no file") {
  auto woven = weave_package(plan_of({hooks_of("F")}), files_of({{"x.go", "//go:nosplit\nfunc F() {}"}}));
  CHECK(woven.files.empty());
  REQUIRE(woven.points.size() == 1);
  CHECK(woven.points[0].rule == "r");
  CHECK(woven.points[0].file == "/src/x.go");
  CHECK(woven.points[0].refused == "it is //go:nosplit");
  CHECK(woven.points[0].position == syntax::Position{4, 6});
}

TEST_CASE("woven files are in the places of theirs, and the variables of the package in one behind them") {
  auto files = files_of({{"a.go", "func G() {}"}, {"b.go", "func F() {}"}});
  auto woven = weave_package(plan_of({hooks_of("F")}), files);
  REQUIRE(woven.files.size() == 2);
  CHECK(woven.files[0].replaces == 1);
  CHECK(woven.files[0].name == "b.go");
  CHECK_FALSE(woven.files[1].replaces);
  CHECK(woven.files[1].name == "otel.weave.go");
  CHECK(
      woven.files[1].text.starts_with("//go:build go1.21\n\npackage p\n\nimport otel_unsafe "
                                      "\"unsafe\"\n\ntype otel_pointer = otel_unsafe.Pointer\n\n"));
  auto again = weave_package(plan_of({hooks_of("F")}), files);
  CHECK(again.files[0].text == woven.files[0].text);
  CHECK(again.files[1].text == woven.files[1].text);
}

TEST_CASE("what a wrap declares is there once, wherever it is used") {
  auto files =
      files_of({{"a.go", "import \"q\"\n\nvar a = q.F()"}, {"b.go", "import \"q\"\n\nvar b = q.F()"}});
  auto woven = weave_package(plan_of({kinds::WrapWeave{{}, "r", "otel_w", "q", "q", "F"}}), files);
  REQUIRE(woven.files.size() == 3);
  CHECK(woven.files[0].text.ends_with("var a = otel_w(q.F)()\n"));
  const auto& declared = woven.files[2].text;
  auto first = declared.find("func otel_w[");
  CHECK(first != std::string::npos);
  CHECK(declared.find("func otel_w[", first + 1) == std::string::npos);
}

TEST_CASE("an added file is in the place of one of its name, which then takes no weave") {
  auto files = files_of({{"a.go", "func F() {}"}});
  kinds::FileWeave other{{}, "added", {"b.go", "package p\n"}}, same{{}, "same", {"a.go", "package p\n"}};
  auto woven = weave_package(plan_of({hooks_of("F"), other, same}), files);
  REQUIRE(woven.files.size() == 2);
  CHECK(woven.files[0].name == "b.go");
  CHECK_FALSE(woven.files[0].replaces);
  CHECK(woven.files[1].replaces == 0);
  CHECK(woven.files[1].text == "package p\n");
  REQUIRE(woven.points.size() == 1);
  CHECK(woven.points[0].refused == "rule same replaces the file");
}

TEST_CASE("a file that doesn't parse stays") {
  auto woven = weave_package(plan_of({hooks_of("F")}), files_of({{"a.go", "func F() {} }"}}));
  CHECK(woven.files.empty());
  CHECK(woven.points.empty());
}

}  // namespace
}  // namespace otel::weave
