// SPDX-License-Identifier: Apache-2.0
#include "gotool/go_command.h"

#include "base/error.h"
#include "base/text.h"
#include "gotool/flag_table.h"

#include "catch.h"

namespace otel::gotool {
namespace {

using Arguments = std::vector<std::string>;

// "verb -name=value … | arguments"; "-" for a command line that the go command is to judge.
std::string describe(const std::optional<GoCommand>& command) {
  if (!command) return "-";
  std::string text = command->subcommand;
  for (const auto& flag : command->flags) text += " -" + flag.name + "=" + flag.value;
  text += " | " + base::join(command->arguments, " ");
  return command->trailing.empty() ? text : text + " > " + base::join(command->trailing, " ");
}

TEST_CASE("command lines") {
  struct {
    Arguments arguments;
    std::string expected;
  } const cases[] = {
      {{}, "-"},
      {{"build"}, "build | "},
      {{"build", "."}, "build | ."},
      {{"build", "-race", "."}, "build -race=true | ."},
      {{"build", "-race=false", "."}, "build -race=false | ."},
      {{"build", "-race", "false"}, "build -race=true | false"},  // no value of a boolean flag
      {{"build", "-o", "x", "."}, "build -o=x | ."},
      {{"build", "-o=x", "."}, "build -o=x | ."},
      {{"build", "--o", "x", "--race"}, "build -o=x -race=true | "},
      {{"build", "-o="}, "build -o= | "},
      {{"build", "-o", "-v"}, "build -o=-v | "},  // a value may look like a flag
      {{"build", "-tags", "a,b", "-v", "./..."}, "build -tags=a,b -v=true | ./..."},
      {{"build", "-ldflags=-X a=b", "p"}, "build -ldflags=-X a=b | p"},
      {{"build", "-gcflags", "all=-N -l", "-gcflags=-S"}, "build -gcflags=all=-N -l -gcflags=-S | "},
      {{"build", "-debug-trace", "a", "-debug-actiongraph=b", "."},
       "build -debug-trace=a -debug-actiongraph=b | ."},
      {{"build", "-C", "sub", "."}, "build -C=sub | ."},
      {{"build", ".", "-race"}, "build | . -race"},  // flags end at the first argument
      {{"build", "--", "-x"}, "build | -x"},
      {{"build", "-v", "--", "."}, "build -v=true | ."},
      {{"build", "--", "--", "-x"}, "build | -- -x"},
      {{"build", "-"}, "build | -"},
      {{"build", ""}, "build | "},
      {{"build", "-nonsense"}, "-"},
      {{"build", "-Race"}, "-"},
      {{"build", "-o"}, "-"},
      {{"build", "-v", "-tags"}, "-"},
      {{"build", "---o"}, "-"},
      {{"build", "-=x"}, "-"},
      {{"vet", "."}, "-"},
      {{"-C", "sub", "build", "-v"}, "build -C=sub -v=true | "},
      {{"-C=sub", "run", ".", "x"}, "run -C=sub | . > x"},
      {{"-C", "sub", "vet"}, "-"},
      {{"-C"}, "-"},
      {{"install", "-v", "p@v1"}, "install -v=true | p@v1"},
      {{"install", "-o", "x"}, "-"},
      {{"run", "-exec", "sudo", ".", "-v", "a.go"}, "run -exec=sudo | . > -v a.go"},
      {{"run", "a.go", "b.go", "c", "d.go"}, "run | a.go b.go > c d.go"},
      {{"test", "-v", "./a", "./b", "-run", "X", "-c"}, "test -v=true -run=X -c=true | ./a ./b"},
      {{"test", "./a", "-run=X", "word", "-v"}, "test -run=X | ./a > word -v"},
      {{"test", "-mine", "word", "-v"}, "test -v=true |  > -mine word"},
      {{"test", "./a", "-mine=1", "word", "-v"}, "test | ./a > -mine=1 word -v"},
      {{"test", "-args", "-v"}, "test |  > -v"},
      {{"test", ".", "--", "-v"}, "test | . > -- -v"},
      {{"test", "-test.run", "X", "-test.exec=y"}, "test -test.run=X |  > -test.exec=y"},
      {{"test", "-v", "-h"}, "-"},
      {{"test", "-run"}, "-"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.arguments);
    CHECK(describe(parse_go_command(c.arguments)) == c.expected);
  }
}

TEST_CASE("words say the same as the command line that they came from") {
  struct {
    Arguments arguments;
    Arguments expected;
  } const cases[] = {
      {{"build", "-race", "-o", "x", "./a", "./b"}, {"build", "-race=true", "-o=x", "./a", "./b"}},
      {{"build", "-v", "-C", "sub"}, {"build", "-C=sub", "-v=true"}},  // go wants -C first
      {{"build", "-gcflags=a=-N", "-gcflags", "b=-l"}, {"build", "-gcflags=a=-N", "-gcflags=b=-l"}},
      {{"build", "--", "-x"}, {"build", "--", "-x"}},
      {{"run", ".", "-v"}, {"run", ".", "-v"}},
      {{"test", "-v", ".", "-mine"}, {"test", "-v=true", ".", "-args", "-mine"}},
  };
  for (const auto& c : cases) {
    auto command = parse_go_command(c.arguments);
    REQUIRE(command);
    CHECK(command->command_line() == c.expected);
    auto again = parse_go_command(command->command_line());
    REQUIRE(again);
    CHECK(again->command_line() == c.expected);
  }
}

TEST_CASE("the flag that a command doesn't know") {
  struct {
    Arguments arguments;
    std::optional<std::string> expected;
  } const cases[] = {
      {{"build", "-frob", "./a"}, "-frob"},     {{"-C", "sub", "build", "-race", "--frob=x", "."}, "-frob"},
      {{"run", "-frob", "."}, "-frob"},         {{"run", ".", "-frob"}, std::nullopt},  // the program's
      {{"build", "--", "-frob"}, std::nullopt},                                         // a package
      {{"build", "-race", "-h"}, std::nullopt},                                         // go's help
      {{"build", "-race", "-o"}, std::nullopt},  // known, without its value
      {{"test", ".", "-frob"}, std::nullopt},    // the test binary's
      {{"list", "-frob"}, std::nullopt},
  };
  for (const auto& c : cases) CHECK(find_unknown_flag(c.arguments) == c.expected);
}

TEST_CASE("the last value of a flag counts") {
  auto command = parse_go_command({"build", "-o", "a", "-race", "-o=b", "-v=0", "-x=T"});
  REQUIRE(command);
  CHECK(command->value("o") == "b");
  CHECK_FALSE(command->value("tags"));
  CHECK(command->on("race"));
  CHECK_FALSE(command->on("v"));
  CHECK(command->on("x"));
  CHECK_FALSE(command->on("a"));
  command->remove("o");
  CHECK_FALSE(command->has("o"));
  CHECK(command->has("race"));
}

TEST_CASE("the flag table is sorted, for find_build_flag") {
  for (std::size_t i = 1; i < build_flags().size(); ++i)
    CHECK(build_flags()[i - 1].name < build_flags()[i].name);
  for (const auto& fact : build_flags()) CHECK(find_build_flag(fact.name) == &fact);
  CHECK(find_build_flag("") == nullptr);
  CHECK(find_build_flag("zz") == nullptr);
}

TEST_CASE("GOFLAGS") {
  struct {
    std::string goflags;
    std::string expected;
  } const cases[] = {
      {"", ""},
      {"-race", " -race=true"},
      {"  -mod=mod\t--tags=a ", " -mod=mod -tags=a"},
      {"'-ldflags=-X a=b' -v", " -ldflags=-X a=b -v=true"},
      {"-short -run=x -trimpath", " -trimpath=true"},  // flags of other commands
      {"\"-tags=a b", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.goflags);
    std::string flags;
    for (const auto& flag : parse_goflags(c.goflags)) flags += " -" + flag.name + "=" + flag.value;
    CHECK(flags == c.expected);
  }
}

TEST_CASE("quoted words, as cmd/internal/quoted reads them") {
  struct {
    std::string text;
    std::optional<Arguments> expected;
  } const cases[] = {
      {"", Arguments{}},
      {" \t\n", Arguments{}},
      {"a", Arguments{"a"}},
      {" a  b\tc\r\nd ", Arguments{"a", "b", "c", "d"}},
      {"'a b' \"c d\"", Arguments{"a b", "c d"}},
      {"''", Arguments{""}},
      {"'a\"b' \"c'd\"", Arguments{"a\"b", "c'd"}},
      {"a'b c'", Arguments{"a'b", "c'"}},    // quotes further inside don't count
      {"'a'b", Arguments{"a", "b"}},         // and a closing one ends the argument
      {"\"a\\\" b", Arguments{"a\\", "b"}},  // nothing is escaped
      {"'a", std::nullopt},
      {"a \"", std::nullopt},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK((split_quoted(c.text) == c.expected));
  }
}

TEST_CASE("joined words split into the same words") {
  struct {
    Arguments arguments;
    std::string expected;
  } const cases[] = {
      {{}, ""},
      {{"a", "-b=c"}, "a -b=c"},
      {{"a b"}, "'a b'"},
      {{"a'b"}, "\"a'b\""},
      {{"a\"b", "\t"}, "'a\"b' '\t'"},
      {{""}, "''"},
      {{"é"}, "é"},
  };
  for (const auto& c : cases) {
    CHECK(join_quoted(c.arguments) == c.expected);
    CHECK((split_quoted(c.expected) == std::optional(c.arguments)));
  }
  CHECK_THROWS_WITH(join_quoted({"'\""}), "cannot quote '\": it contains both kinds of quotes");
}

TEST_CASE("commands that differ in what shapes no plan have one shape") {
  auto shape = [](const std::vector<std::string>& arguments) {
    auto command = parse_go_command(arguments);
    REQUIRE(command);
    return base::join(command->shape().command_line(), " ");
  };
  CHECK(shape({"build", "-o", "a", "-v", "-x", "-p=3", "-a", "-work", "-ldflags=-s", "./x"}) == "build ./x");
  CHECK(shape({"build", "-tags=t", "-race", "-gcflags=-N", "-toolexec=t", "-mod=mod", "./x"}) ==
        "build -tags=t -race=true -gcflags=-N -toolexec=t -mod=mod ./x");
  CHECK(shape({"run", "-exec=e", "./x", "a", "b"}) == "run ./x");
  CHECK(shape({"test", "-run=X", "-count=2", "-c", "-coverpkg=./...", "./x", "-args", "z"}) ==
        "test -coverpkg=./... ./x");
}

}  // namespace
}  // namespace otel::gotool
