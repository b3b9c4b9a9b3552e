// SPDX-License-Identifier: Apache-2.0
#include "gotool/build_graph.h"

#include <algorithm>

#include "base/text.h"

#include "catch.h"

namespace otel::gotool {
namespace {

TEST_CASE("packages of a build") {
  auto graph = parse_build_graph(
      "package net/http\nname http\ndirectory /go/src/net/http\nstandard\nfile client.go\nfile server.go\n\n"
      "package a.example/lib\nname lib\ndirectory /mod/a.example/lib@v1.2.3\nmodule a.example/lib\nversion "
      "v1.2.3\n"
      "package b.example/fork\nname fork\ndirectory /mod/fork\nmodule b.example/fork\nversion v9.0.0\n"
      "package c.example/local\nname local\ndirectory /src/with blank/local\nmodule c.example/local\nlocal\n"
      "version v0.0.0-00010101000000-000000000000\n"
      "package example.com/app\nname main\ndirectory /src/app\nnamed\nmodule example.com/app\nlocal\n"
      "file main.go\ndependency net/http\ndependency a.example/lib\n");
  CHECK_FALSE(graph.broken);
  REQUIRE(graph.packages.size() == 5);

  const auto* http = graph.find("net/http");
  REQUIRE(http);
  CHECK(http->standard);
  CHECK_FALSE(http->named);
  CHECK(http->directory == "/go/src/net/http");
  CHECK(http->files == std::vector<std::string>{"client.go", "server.go"});
  CHECK(http->module.path.empty());

  CHECK(graph.find("a.example/lib")->module.version == "v1.2.3");
  CHECK_FALSE(graph.find("a.example/lib")->module.local);
  CHECK(graph.find("b.example/fork")->module.path == "b.example/fork");  // replaced: path of the import,
  CHECK(graph.find("b.example/fork")->module.version == "v9.0.0");       // version of what is built
  CHECK(graph.find("c.example/local")->module.local);
  CHECK(graph.find("c.example/local")->module.version.empty());
  CHECK(graph.find("c.example/local")->directory == "/src/with blank/local");

  const auto* app = graph.find("example.com/app");
  REQUIRE(app);
  CHECK(app->name == "main");
  CHECK(app->named);
  CHECK(app->dependencies == std::vector<std::string>{"net/http", "a.example/lib"});
  CHECK_FALSE(graph.find("example.com"));
}

TEST_CASE("packages without a module are missing, not broken, if all else is loaded") {
  std::string hooks =
      "package a/hooks\nname hooks\nnamed\nmodule a\nlocal\nmain\nimport otel.runtime/hook\nincomplete\n";
  auto graph = parse_build_graph("package otel.runtime/hook\nname \nerror\nabsent\nincomplete\n" + hooks);
  CHECK_FALSE(graph.broken);
  CHECK(graph.missing == std::vector<std::string>{"otel.runtime/hook"});
  CHECK_FALSE(graph.find("otel.runtime/hook"));
  REQUIRE(graph.find("a/hooks"));
  CHECK(graph.find("a/hooks")->named);
  // One that is missing doesn't explain what else is wrong.
  CHECK(parse_build_graph("package b\nerror\nabsent\npackage c\nname c\nmodule c\nerror\n").broken);
  CHECK(parse_build_graph(hooks).broken);
}

TEST_CASE("a graph that go could not load is broken") {
  for (std::string text :
       {"package a\nerror\n", "file x.go\n", "package a\nsurprise\n", "go: downloading x v1\n"}) {
    CAPTURE(text);
    CHECK(parse_build_graph(text).broken);
  }
  CHECK_FALSE(parse_build_graph("").broken);
  auto failing = [](const base::Command&) { return base::ProcessResult{1, "package a\nname a\n", "wrong"}; };
  CHECK(list_build_graph(failing, "go", "", {"build", {}, {}}).broken);
}

TEST_CASE("go list sees the flags that shape the graph, and the arguments behind --") {
  auto command = parse_go_command({"build", "-v", "-C", "sub", "-tags=a b", "-o", "x", "-race", "./..."});
  REQUIRE(command);
  auto arguments = make_list_arguments(*command);
  auto has = [&](const std::string& argument) {
    return std::count(arguments.begin(), arguments.end(), argument) == 1;
  };
  REQUIRE(arguments.size() > 2);
  CHECK(arguments[0] == "list");
  CHECK_FALSE(has("-C=sub"));  // it is asked in that directory
  CHECK(has("-tags=a b"));
  CHECK(has("-race=true"));
  CHECK(has("-e=true"));
  CHECK(has("-deps=true"));
  CHECK_FALSE(has("-v=true"));
  CHECK_FALSE(has("-o=x"));
  CHECK(arguments[arguments.size() - 2] == "--");
  CHECK(has("--"));
  CHECK(arguments.back() == "./...");
}

TEST_CASE("variants of a package are one, and what its test binary links is noted at it") {
  auto graph = parse_build_graph(
      "package p\nname p\nnamed\nfile p.go\n"
      "package p [p.test]\nname p\nnamed\nfile p.go\nfile p_test.go\n"
      "package p_test [p.test]\nname p_test\nnamed\nfile x_test.go\n"
      "package p.test\nname main\nnamed\nfile /cache/ab-d\ndependency p [p.test]\ndependency fmt\n"
      "package q [cmd/x]\nname q\nfile q.go\n");
  REQUIRE(graph.packages.size() == 2);
  CHECK(graph.packages[0].import_path == "p");
  CHECK(graph.packages[0].tested);
  CHECK(graph.packages[0].files == std::vector<std::string>{"p.go"});
  CHECK(graph.packages[0].dependencies == std::vector<std::string>{"p", "fmt"});
  CHECK(graph.packages[1].import_path == "q");
  CHECK_FALSE(graph.packages[1].tested);
}

TEST_CASE("go list is asked in the directory of the command") {
  base::Command asked;
  auto run = [&](const base::Command& command) {
    asked = command;
    return base::ProcessResult{0, "package a\nname a\n", ""};
  };
  CHECK(list_build_graph(run, "/go/bin/go", "/src", {"build", {}, {"./a"}}).packages.size() == 1);
  CHECK(asked.directory == "/src");
  CHECK(asked.arguments[0] == "/go/bin/go");
  CHECK(asked.arguments[1] == "list");
}

}  // namespace
}  // namespace otel::gotool
