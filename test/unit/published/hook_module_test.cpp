// SPDX-License-Identifier: Apache-2.0
#include "published/hook_module.h"

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "base/version.h"

#include "catch.h"
#include "published/module_zip.h"

namespace otel::published {
namespace {

using base::Path;

// The path that the sources have; ctest runs the unit tests in their root.
std::string written_module() {
  auto text = base::read_file("go-hook/go.mod");
  return text.substr(7, text.find('\n') - 7);
}

TEST_CASE("all of the module is embedded, under the path that was chosen") {
  auto files = hook_module_files();
  auto written = base::list_files_below("go-hook");
  CHECK(files.size() == written.size());
  for (const auto& file : written) {
    auto path = file.lexically_relative("go-hook").string();
    INFO(path);
    REQUIRE(files.count(path) == 1);
    CHECK(files[path] == base::replace_all(base::read_file(file), written_module(), hook_module()));
  }
  CHECK(files.count("LICENSE") == 1);
  CHECK(hook_module_version() == fmt::format("v{}", base::otel_version()));
}

TEST_CASE("a build reads no tests of the module") {
  auto sources = hook_module_sources();
  CHECK(sources.count("go.mod") == 1);
  CHECK(sources.count("call.go") == 1);
  CHECK(sources.count("hooktest/hooktest.go") == 1);
  CHECK(sources.count("call_test.go") == 0);
  CHECK(sources.count("LICENSE") == 0);
}

TEST_CASE("the module requires nothing") {
  CHECK(hook_module_files()["go.mod"].find("require") == std::string_view::npos);
}

TEST_CASE("the path of the module stands in one place") {
  const auto module = written_module();
  for (const auto* directory : {"lib", "cmd", "cmake"})
    for (const auto& file : base::list_files_below(directory)) {
      INFO(file.string());
      CHECK((file.extension() == ".md" || base::read_file(file).find(module) == std::string::npos));
    }
  CHECK(base::read_file("CMakeLists.txt").find(module) == std::string::npos);
}

TEST_CASE("with another path every embedded file has that") {
  const std::string another = "code.example.org/Team/hook";
  std::string names;
  for (const auto& file : base::embedded_files())
    if (file.path.ends_with(".go") || file.path.ends_with("go.mod")) names += fmt::format("|{}", file.path);
  auto output = base::make_unique_path(base::find_temporary_directory() / "embedded.cpp");
  auto run = [&](const std::string& path) {
    auto result = base::run_command(
        {{base::find_program("cmake").value(), "-DROOT=" + base::find_current_directory().string(),
          "-DFILES=" + names.substr(1), "-DOUTPUT=" + output.string(), "-DHOOK_MODULE=" + path, "-P",
          "cmake/embed.cmake"},
         {},
         {}});
    CHECK(result.status == 0);
    auto text = base::read_file(output);
    base::remove_tree(output);
    return text;
  };
  auto changed = run(another), as_written = run("");
  CHECK(changed.find(written_module()) == std::string::npos);
  CHECK(changed.find("import \"" + another + "\"") != std::string::npos);
  CHECK(as_written.find(written_module()) != std::string::npos);
  CHECK(changed == base::replace_all(as_written, written_module(), another));
}

TEST_CASE("paths of packages of the module") {
  CHECK(is_in_hook_module(hook_module()));
  CHECK(is_in_hook_module(hook_module() + "/hooktest"));
  CHECK_FALSE(is_in_hook_module(hook_module() + "s"));
  CHECK_FALSE(is_in_hook_module("otel.runtime/hook"));
}

TEST_CASE("the module and the weaver have one API level") {
  CHECK(parse_api_level(hook_module_files()["api_level.go"]) == kApiLevel);
  CHECK(parse_api_level("package hook\n\nconst APILevel = 12\n") == 12);
  CHECK(parse_api_level("package hook\n") == 0);
}

// go wrote these lines: a version has these bytes on every machine.
TEST_CASE("the module's checksum is that in go.sum") {
  std::vector<std::pair<std::string, std::string>> read;
  for (const auto& file : base::list_files_below("go-hook"))
    read.emplace_back(file.lexically_relative("go-hook").string(), base::read_file(file));
  ModuleTexts files;
  for (const auto& [path, text] : read) files[path] = text;
  auto sums = base::read_file("examples/extension/telemetry/go.sum");
  CHECK(sums.find(fmt::format("{0} {1} {2}\n{0} {1}/go.mod {3}\n", written_module(), hook_module_version(),
                              module_checksum(written_module(), hook_module_version(), files),
                              module_file_checksum(files["go.mod"]))) != std::string::npos);
}

}  // namespace
}  // namespace otel::published
