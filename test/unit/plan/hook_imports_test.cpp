// SPDX-License-Identifier: Apache-2.0
#include "plan/hook_imports.h"

#include "catch.h"

namespace otel::plan {
namespace {

const std::vector<base::EmbeddedFile> kFiles = {
    {"go-runtime/conventions/db/span.go", "package db\n\nimport \"example.com/never/read\"\n"},
    {"go-runtime/instrumentation/nats/nats.go",
     "package nats\n\nimport "
     "(\n\t\"context\"\n\n\t\"example.com/nats\"\n\t\"go.opentelemetry.io/otel/trace\"\n"
     "\t\"otel.runtime/conventions/db\"\n\t\"otel.runtime/instrumentation/more\"\n)\n"},
    {"go-runtime/instrumentation/nats/inner/inner.go", "package inner\n\nimport \"example.com/inner\"\n"},
    {"go-runtime/instrumentation/more/more.go", "package more\n\nimport \"example.com/more\"\n"},
    {"go-runtime/instrumentation/redis/redis.go", "package redis\n\nimport \"fmt\"\n"},
};

using Paths = std::set<std::string>;

TEST_CASE("what hooks of the support module import") {
  CHECK(libraries_of("otel.runtime/instrumentation/nats", kFiles) ==
        Paths{"example.com/nats", "example.com/more"});
  CHECK(libraries_of("otel.runtime/instrumentation/redis", kFiles).empty());
  CHECK(libraries_of("example.com/shop/hooks", kFiles).empty());
  CHECK(libraries_of("otel.runtime/conventions/db", kFiles).empty());
}

TEST_CASE("rules whose hooks import what the build doesn't have are skipped") {
  rules::Rule nats, redis;
  nats.name = "nats_publish";
  nats.hooks = "otel.runtime/instrumentation/nats";
  redis.hooks = "otel.runtime/instrumentation/redis";
  gotool::BuildGraph graph;
  gotool::Package package;
  package.import_path = "example.com/nats";
  graph.packages.push_back(package);
  Selection selection;
  auto select = [&] {
    selection = {};
    selection.selected = {
        {&nats, &graph.packages[0]}, {&nats, &graph.packages[0]}, {&redis, &graph.packages[0]}};
    skip_unlinkable(graph, selection, kFiles);
  };

  select();
  REQUIRE(selection.selected.size() == 1);
  CHECK(selection.selected[0].rule == &redis);
  REQUIRE(selection.skipped.size() == 1);
  CHECK(selection.skipped[0].rule == &nats);
  CHECK(selection.skipped[0].reason == "its hooks import example.com/more, which is not in the build");
  CHECK(!selection.skipped[0].is_warning);

  package.import_path = "example.com/more";
  graph.packages.push_back(package);
  select();
  CHECK(selection.selected.size() == 3);
  CHECK(selection.skipped.empty());
}

}  // namespace
}  // namespace otel::plan
