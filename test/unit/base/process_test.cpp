// SPDX-License-Identifier: Apache-2.0
#include "base/process.h"

#include "base/error.h"
#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::base {
namespace {

ProcessResult run_shell(const std::string& script, Command command = {}) {
  command.arguments = {"/bin/sh", "-c", script};
  return run_command(command);
}

TEST_CASE("a command's answer") {
  struct {
    std::string script;
    int status;
    std::string output, error_output;
  } const cases[] = {
      {"true", 0, "", ""},         {"printf out; printf err >&2; exit 3", 3, "out", "err"},
      {"kill -9 $$", 137, "", ""}, {"kill -TERM $$", 143, "", ""},
      {"exit 255", 255, "", ""},   {"cat", 0, "", ""},  // nothing is on standard input
  };
  for (const auto& c : cases) {
    CAPTURE(c.script);
    auto result = run_shell(c.script);
    CHECK(result.status == c.status);
    CHECK(result.output == c.output);
    CHECK(result.error_output == c.error_output);
  }
}

TEST_CASE("both outputs may be larger than a pipe, in any order") {
  auto result = run_shell(
      "head -c 300000 /dev/zero >&2; head -c 500000 /dev/zero; head -c 200000 /dev/zero >&2; printf end");
  CHECK(result.output.size() == 500'003);
  CHECK(result.error_output.size() == 500'000);
}

TEST_CASE("a command's directory and environment") {
  ScratchDirectory directory;
  EnvironmentVariable ours("OTEL_UNIT_OURS", "ours"), other("OTEL_UNIT_OTHER", "before");
  auto script = "pwd -P; echo $OTEL_UNIT_OURS $OTEL_UNIT_OTHER $OTEL_UNIT_NEW";
  auto result =
      run_shell(script, {{}, {{"OTEL_UNIT_OTHER", "set"}, {"OTEL_UNIT_NEW", "a b"}}, directory.path()});
  CHECK(result.output == std::filesystem::canonical(directory.path()).string() + "\nours set a b\n");
  CHECK(std::string(std::getenv("OTEL_UNIT_OTHER")) == "before");
}

TEST_CASE("words reach the program as they are") {
  std::vector<std::string> arguments = {"", "a b", "$HOME", "'\"", "*", "-n"};
  Command command{{"/bin/sh", "-c", "for word; do printf '[%s]' \"$word\"; done", "sh"}, {}, {}};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  CHECK(run_command(command).output == "[][a b][$HOME]['\"][*][-n]");
}

TEST_CASE("a program that is not there is an error") {
  const std::string expected = "cannot run /nowhere/program: No such file or directory";
  CHECK_THROWS_WITH(run_command({{"/nowhere/program"}, {}, {}}), expected);
  CHECK_THROWS_WITH(run_with_merged_output({{"/nowhere/program"}, {}, {}}), expected);
  CHECK_THROWS_WITH(exec_command({{"/nowhere/program"}, {}, {}}), expected);
}

TEST_CASE("a directory that is not there is an error where a program becomes another") {
  CHECK_THROWS_WITH(exec_command({{"/bin/sh"}, {}, "/nowhere/directory"}),
                    "cannot change directory to /nowhere/directory: No such file or directory");
}

TEST_CASE("programs are found along PATH") {
  ScratchDirectory directory;
  for (const char* name : {"a/tool", "b/tool", "b/other", "a/plain"}) {
    write_file(directory / name, "");
    if (std::string(name) != "a/plain")
      std::filesystem::permissions(directory / name, std::filesystem::perms::owner_all);
  }
  std::filesystem::create_directories(directory / "a/other");  // a directory is no program
  EnvironmentVariable path("PATH", (directory / "a").string() + ":" + (directory / "b").string());
  CHECK(find_program("tool") == (directory / "a/tool").string());
  CHECK(find_program("other") == (directory / "b/other").string());
  CHECK_FALSE(find_program("plain"));
  CHECK_FALSE(find_program("none"));
  CHECK(find_program((directory / "b/tool").string()) == (directory / "b/tool").string());
  CHECK_FALSE(find_program((directory / "none/tool").string()));
  EnvironmentVariable none("PATH", std::nullopt);
  CHECK_FALSE(find_program("tool"));
}

TEST_CASE("own_path is an executable") {
  CHECK(std::filesystem::path(own_path()).is_absolute());
  CHECK(find_program(own_path()));
}

}  // namespace
}  // namespace otel::base
