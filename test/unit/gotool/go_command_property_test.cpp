// SPDX-License-Identifier: Apache-2.0
//
// What holds for every command line.
#include "gotool/flag_table.h"
#include "gotool/go_command.h"

#include "catch.h"
#include "random_text.h"

namespace otel::gotool {
namespace {

constexpr int kRuns = 20'000;

std::string random_argument(RandomText& random) {
  static const std::vector<std::string> kWords = {
      "build", "run", "test", "install", "-C",     "--",    "-args", "a.go", "./...", "p@v1", ".",
      "-",     "-o",  "-v",   "-race",   "-run=X", "-mine", "-tags", "x",    "-h",    "-c",   "-json"};
  auto number = random.number(10);
  if (number == 0) return random.text();
  if (number < 6) return random.one_of(kWords);
  auto flag = std::string(random.one_of(number < 8 ? build_flags() : test_flags()).name);
  return (random.coin() ? "-" : "--") + flag + (random.coin() ? "=" + random.text() : "");
}

TEST_CASE("the words of a go command are a command line of the same command") {
  RandomText random;
  int parsed = 0;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<std::string> typed = {random.one_of<std::string>({"build", "install", "run", "test"})};
    for (auto count = random.number(7); count > 0; --count) typed.push_back(random_argument(random));
    auto command = parse_go_command(typed);
    if (!command) continue;
    ++parsed;
    CAPTURE(typed, command->command_line());
    auto again = parse_go_command(command->command_line());
    REQUIRE(again);
    REQUIRE(again->subcommand == command->subcommand);
    REQUIRE(again->command_line() == command->command_line());
    REQUIRE(again->arguments == command->arguments);
    REQUIRE(again->trailing == command->trailing);
    for (const auto& flag : command->flags) REQUIRE(again->value(flag.name) == command->value(flag.name));
    REQUIRE(command->shape().shape().command_line() == command->shape().command_line());
  }
  CHECK(parsed > kRuns / 4);
}

TEST_CASE("quoted words come back, unless a word has quotes of both kinds") {
  RandomText random;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<std::string> arguments;
    for (auto count = random.number(4); count > 0; --count) arguments.push_back(random.text());
    CAPTURE(arguments);
    bool possible = true;
    for (const auto& argument : arguments)
      possible =
          possible && (argument.find('"') == std::string::npos || argument.find('\'') == std::string::npos);
    if (possible) REQUIRE(split_quoted(join_quoted(arguments)) == arguments);
  }
}

}  // namespace
}  // namespace otel::gotool
