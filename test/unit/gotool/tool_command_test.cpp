// SPDX-License-Identifier: Apache-2.0
#include "gotool/tool_command.h"

#include "base/error.h"
#include "base/text.h"

#include "catch.h"

namespace otel::gotool {
namespace {

using Views = std::vector<std::string_view>;

// As go 1.26 writes it.
Views compile(std::initializer_list<std::string_view> more) {
  Views arguments = {"/go/pkg/tool/linux_amd64/compile", "-o", "/tmp/go-build1/b002/_pkg_.a"};
  arguments.insert(arguments.end(), more);
  return arguments;
}

TEST_CASE("the marker is the one question") {
  CHECK_FALSE(find_marker({}));
  CHECK_FALSE(find_marker({"compile", "-o", "x", "a.go"}));
  CHECK_FALSE(find_marker({"compile", "-otelx", "otel=1"}));
  CHECK(find_marker({"compile", "-N", "-otel=0123", "a.go"}) == "0123");
  CHECK(find_marker({"compile", "-otel="}) == "");
}

TEST_CASE("a compile's command line") {
  auto command =
      parse_compile_command(compile({"-trimpath", "/tmp/go-build1/b002=>", "-p", "net/http", "-otel=0123",
                                     "-complete", "-pack", "/go/src/net/http/client.go", "./a b.go"}));
  CHECK(command.digest == "0123");
  CHECK(command.output == "/tmp/go-build1/b002/_pkg_.a");
  CHECK(command.package == "net/http");
  CHECK(command.work_directory() == "/tmp/go-build1/b002");
  REQUIRE(command.trimpath);
  CHECK(command.arguments[*command.trimpath] == "/tmp/go-build1/b002=>");
  REQUIRE(command.files.size() == 2);
  CHECK(command.arguments[command.files[0]] == "/go/src/net/http/client.go");
  CHECK(command.arguments[command.files[1]] == "./a b.go");
  CHECK(command.arguments.size() == 11);
  CHECK(command.arguments[0] == "/go/pkg/tool/linux_amd64/compile");
  CHECK(base::join(command.arguments, " ").find("-otel") == std::string::npos);
}

TEST_CASE("a file that an overlay shows may be called anything") {
  auto command = parse_compile_command(compile({"-trimpath", "/tmp/x.txt=>/src/a.go;/tmp/go-build1/b002=>",
                                                "-otel=1", "-pack", "/tmp/x.txt", "/src/b.go"}));
  REQUIRE(command.files.size() == 2);
  CHECK(command.arguments[command.files[0]] == "/tmp/x.txt");
  CHECK(overlaid_path("/tmp/x.txt", "/tmp/x.txt=>/src/a.go;/tmp/go-build1/b002=>") == "/src/a.go");
  CHECK_FALSE(overlaid_path("/src/b.go", "/tmp/x.txt=>/src/a.go;/tmp/go-build1/b002=>"));
  CHECK_FALSE(overlaid_path("/tmp/x", "/tmp/x.txt=>/src/a.go"));
  CHECK_FALSE(overlaid_path("/tmp/x.txt", "/tmp/x.txt"));
}

TEST_CASE("flags that end in .go are not files, nor is what stands in front of a flag") {
  auto command = parse_compile_command(compile({"-otel=1", "x.go", "-embedcfg=e.go", "a.go", "b.go"}));
  REQUIRE(command.files.size() == 2);
  CHECK(command.arguments[command.files[0]] == "a.go");
}

TEST_CASE("a compile that go doesn't write is our bug") {
  CHECK_THROWS_AS(parse_compile_command({"compile", "-otel=1", "a.go"}), base::InternalError);
  CHECK_THROWS_WITH(parse_compile_command({"compile", "-otel=1", "a.go"}),
                    "compile without -o or Go files: compile a.go");
  CHECK_THROWS_AS(parse_compile_command({"compile", "-otel=1", "-o", "x"}), base::InternalError);
  CHECK_THROWS_AS(parse_compile_command({"compile", "a.go", "-otel=1", "-o"}), base::InternalError);
}

TEST_CASE("the directory that positions are recorded under") {
  struct {
    std::string directory, trimpath, expected;
  } const cases[] = {
      {"/src/app", "", "/src/app"},
      {"/src/app", "/tmp/b001=>", "/src/app"},
      {"/src/app", "/src/app=>example.com/app;/tmp/b001=>", "example.com/app"},
      {"/src/app/lib", "/src/app=>example.com/app", "example.com/app/lib"},
      {"/src/application", "/src/app=>example.com/app", "/src/application"},
      {"/tmp/b001", "/tmp/b001=>", ""},
      {"/tmp/b001/gen", "/tmp/b001=>;/src=>x", "gen"},
      {"/tmp/b001/gen", "/tmp/b001", "gen"},
      {"/a/b", "/a/b=>first;/a=>second", "first"},
      {"/go/src/net/http", "", "$GOROOT/src/net/http"},
      {"/go/src/net/http", "/go=>/elsewhere", "/elsewhere/src/net/http"},
      {"/gopher", "", "/gopher"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.directory, c.trimpath);
    CHECK(recorded_directory(c.directory, c.trimpath, "/go") == c.expected);
  }
  CHECK(recorded_directory("/go/src", "", "") == "/go/src");
}

TEST_CASE("a rewrite of positions goes in front of go's own") {
  auto with = parse_compile_command(compile({"-trimpath", "/tmp/b=>", "-otel=1", "a.go"}));
  add_position_rewrite(with, "/tmp/b/otel", "/src");
  CHECK(with.arguments[*with.trimpath] == "/tmp/b/otel=>/src;/tmp/b=>");
  CHECK(with.arguments[with.files[0]] == "a.go");

  auto empty = parse_compile_command(compile({"-trimpath", "", "-otel=1", "a.go"}));
  add_position_rewrite(empty, "/tmp/b/otel", "/src");
  CHECK(empty.arguments[*empty.trimpath] == "/tmp/b/otel=>/src");

  auto without = parse_compile_command(compile({"-otel=1", "a.go"}));
  add_position_rewrite(without, "/tmp/b/otel", "/src");
  CHECK(without.arguments[1] == "-trimpath");
  CHECK(without.arguments[2] == "/tmp/b/otel=>/src");
  CHECK(without.arguments[without.files[0]] == "a.go");
  add_position_rewrite(without, "/x", "/y");
  CHECK(without.arguments[*without.trimpath] == "/x=>/y;/tmp/b/otel=>/src");
}

}  // namespace
}  // namespace otel::gotool
