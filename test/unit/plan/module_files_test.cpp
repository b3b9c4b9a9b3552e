// SPDX-License-Identifier: Apache-2.0
#include "plan/module_files.h"

#include "catch.h"
#include "published/hook_module.h"

namespace otel::plan {
namespace {

TEST_CASE("the release of OpenTelemetry for a go line") {
  struct {
    std::string go, version;
  } const cases[] = {
      {"", ""},
      {"1.19", ""},
      {"1.20", "v1.24.0"},
      {"1.21.13", "v1.29.0"},
      {"1.21rc2", "v1.29.0"},
      {"1.22", "v1.32.0"},
      {"1.22rc1", "v1.32.0"},
      {"1.22.0", "v1.35.0"},
      {"1.23.4", "v1.38.0"},
      {"1.24", "v1.38.0"},
      {"1.24.0", "v1.41.0"},
      {"1.25", "v1.41.0"},
      {"1.25.0", "v1.46.0"},
      {"1.26", "v1.46.0"},
      {"1.26rc1", "v1.46.0"},
      {"1.26.0", "v1.47.0"},
      {"1.30", "v1.47.0"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.go);
    CHECK(otel_release_for(c.go) == c.version);
  }
}

gotool::ModuleFile module_file(const std::string& go, const std::vector<gotool::Requirement>& requirements) {
  std::string text = "module m\n\ngo " + go + "\n";
  for (const auto& [path, version] : requirements) text += "require " + path + " " + version + "\n";
  return gotool::parse_module_file(text);
}

gotool::ModuleFile user(const std::string& go, const std::string& otel) {
  if (otel.empty()) return module_file(go, {{"go.opentelemetry.io/otel/sdk", "v1.2.0"}});
  return module_file(go, {{"go.opentelemetry.io/otel/sdk", "v1.2.0"}, {"go.opentelemetry.io/otel", otel}});
}

TEST_CASE("the user's own OpenTelemetry stays if it is recent enough") {
  struct {
    std::string go, own, version, raised_from;
  } const cases[] = {
      {"1.22", "", "v1.32.0", ""},
      {"1.22", "v1.24.0", "v1.24.0", ""},
      {"1.22", "v1.30.1", "v1.30.1", ""},
      {"1.25.0", "v1.99.0", "v1.99.0", ""},
      {"1.22.0", "v1.23.1", "v1.35.0", "v1.23.1"},
      {"1.22.0", "v1.24.0-rc.1", "v1.35.0", "v1.24.0-rc.1"},
      {"1.20", "v0.20.0", "v1.24.0", "v0.20.0"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.go, c.own);
    auto chosen = choose_otel_version(user(c.go, c.own));
    CHECK(chosen.version == c.version);
    CHECK(chosen.raised_from == c.raised_from);
  }
}

TEST_CASE("the run time's go.mod requires nothing but OpenTelemetry and the module that hooks import") {
  auto file = gotool::parse_module_file(render_support_module(module_file("1.22.0", {})));
  CHECK(file.module == "otel.runtime");
  CHECK(file.go == "1.22.0");
  REQUIRE(file.requirements.size() == 6);
  CHECK(file.required_version(published::hook_module()) == published::hook_module_version());
  file.requirements.pop_back();
  for (const auto& requirement : file.requirements) {
    CHECK(requirement.path.find("go.opentelemetry.io/otel") == 0);
    CHECK(requirement.version == "v1.35.0");
  }
}

TEST_CASE("the module that hooks import is required once, and replaced in all of its versions") {
  const auto& module = published::hook_module();
  auto user = module_file("1.25.0", {{module, "v0.0.7"}});
  CHECK(gotool::parse_module_file(render_support_module(user)).required_version(module) == "v0.0.7");

  CHECK(require_hook_module("module m\n", gotool::parse_module_file("module m\n")) ==
        "module m\n\nrequire " + module + " " + published::hook_module_version() + "\n");
  auto requiring = "module m\n\nrequire " + module + " v0.0.7\n";
  CHECK(require_hook_module(requiring, gotool::parse_module_file(requiring)) == requiring);

  auto replacing = "module m\n\nreplace (\n\ta => ../a\n\t" + module + " v0.0.7 => ../hook\n)\n\nreplace " +
                   module + " => b v1.0.0\n\nrequire " + module + " v0.0.7\n";
  auto text = replace_hook_module(replacing, "./otel.runtime/hook_module");
  auto replaced = gotool::parse_module_file(text);
  REQUIRE(replaced.directories.size() == 2);
  CHECK(replaced.directories[0].path == "a");
  CHECK(replaced.directories[1].directory == "./otel.runtime/hook_module");
  CHECK(replaced.required_version(module) == "v0.0.7");
  CHECK(text.find("b v1.0.0") == std::string::npos);
}

TEST_CASE("an SDK older than the API stays where it compiles with that") {
  const std::string otel = "go.opentelemetry.io/otel";
  struct {
    std::string api, sdk, metric, version;
  } const cases[] = {
      {"v1.44.0", "", "", "v1.44.0"},
      {"v1.44.0", "v1.43.0", "", "v1.43.0"},
      {"v1.44.0", "", "v1.43.0", "v1.43.0"},
      {"v1.44.0", "v1.33.0", "", "v1.33.0"},
      {"v1.40.0", "v1.32.0", "", "v1.40.0"},
      {"v1.39.0", "v1.28.0", "", "v1.28.0"},
      {"v1.39.0", "v1.27.0", "", "v1.39.0"},
      {"v1.27.0", "v1.26.0", "", "v1.27.0"},
      {"v1.26.0", "v1.25.0", "", "v1.25.0"},
      {"v1.26.0", "v1.24.0", "", "v1.26.0"},
      {"v1.44.0", "v1.23.1", "v1.23.1", "v1.44.0"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.api, c.sdk, c.metric);
    std::vector<gotool::Requirement> requirements = {{otel, c.api}};
    if (!c.sdk.empty()) requirements.push_back({otel + "/sdk", c.sdk});
    if (!c.metric.empty()) requirements.push_back({otel + "/sdk/metric", c.metric});
    auto file = gotool::parse_module_file(render_support_module(module_file("1.25.0", requirements)));
    CHECK(file.required_version(otel + "/sdk") == c.version);
    CHECK(file.required_version(otel + "/sdk/metric") == c.version);
    CHECK(file.required_version(otel + "/trace") == c.api);
  }
}

TEST_CASE("the user's go.mod keeps its text") {
  for (std::string text : {"module m\n\ngo 1.22\n", "module m", "module m // c\nrequire (\n\ta v1.0.0\n)"}) {
    CAPTURE(text);
    auto added = add_support_module(text, "./otel.runtime");
    CHECK(added.substr(0, text.size()) == text);
    auto before = gotool::parse_module_file(text), after = gotool::parse_module_file(added);
    CHECK(after.module == "m");
    CHECK(after.go == before.go);
    CHECK(after.requirements.size() == before.requirements.size() + 1);
    CHECK(after.required_version("otel.runtime") == "v0.0.0");
    CHECK(added.find("\nreplace otel.runtime => ./otel.runtime\n") != std::string::npos);
  }
}

TEST_CASE("what a completed go.mod raised is excluded, OpenTelemetry aside") {
  auto before = module_file("1.22", {{"a.example/up", "v1.0.0"},
                                     {"b.example/same", "v1.0.0"},
                                     {"c.example/down", "v1.0.0"},
                                     {"d.example/gone", "v1.0.0"},
                                     {"e.example/pre", "v1.0.0-rc.1"},
                                     {"go.opentelemetry.io/otel", "v1.20.0"},
                                     {"go.opentelemetry.io/otel/trace", "v1.20.0"}});
  auto after = module_file("1.22", {{"a.example/up", "v1.0.1"},
                                    {"b.example/same", "v1.0.0"},
                                    {"c.example/down", "v0.9.0"},
                                    {"e.example/pre", "v1.0.0"},
                                    {"f.example/new", "v1.0.0"},
                                    {"go.opentelemetry.io/otel", "v1.35.0"},
                                    {"go.opentelemetry.io/otel/trace", "v1.35.0"}});
  std::vector<gotool::Requirement> raised;
  for (const auto& raise : find_raises(before, after))
    if (!is_otel_module(raise.path)) raised.push_back({raise.path, raise.to});
  REQUIRE(raised.size() == 2);
  CHECK(raised[0].path == "a.example/up");
  CHECK(raised[0].version == "v1.0.1");
  CHECK(raised[1].path == "e.example/pre");
  CHECK(render_excludes(raised) == "\nexclude a.example/up v1.0.1\n\nexclude e.example/pre v1.0.0\n");
  CHECK(render_excludes({}).empty());
}

TEST_CASE("what is supplied to packages of hooks") {
  CHECK(supplies_all({}));
  CHECK(supplies_all({"otel.runtime/hook"}));
  CHECK(supplies_all({published::hook_module(), published::hook_module() + "/hooktest"}));
  CHECK_FALSE(supplies_all({published::hook_module() + "s"}));
  CHECK(supplies_all({"go.opentelemetry.io/otel/trace", "otel.runtime/hook"}));
  CHECK_FALSE(supplies_all({"go.opentelemetry.io/otel/trace"}));
  CHECK_FALSE(supplies_all({"otel.runtime/hook", "example.com/none"}));
  CHECK_FALSE(supplies_all({"otel.runtimes/hook"}));
}

TEST_CASE("what is linked counts, not what is required") {
  gotool::BuildGraph graph;
  auto add = [&](const std::string& module, const std::string& version) {
    gotool::Package package;
    package.module = {module, version, false};
    graph.packages.push_back(package);
  };
  add("replaced.example/by/older", "v1.0.0");
  add("unsaid.example", "v1.1.0");
  add("main.example", "");
  auto linked = with_linked_versions(
      module_file("1.22", {{"replaced.example/by/older", "v1.5.0"}, {"b.example", "v1.0.0"}}), graph);
  CHECK(linked.go == "1.22");
  REQUIRE(linked.requirements.size() == 3);
  CHECK(linked.required_version("replaced.example/by/older") == "v1.0.0");
  CHECK(linked.required_version("unsaid.example") == "v1.1.0");
  CHECK(linked.required_version("b.example") == "v1.0.0");
}

}  // namespace
}  // namespace otel::plan
