// SPDX-License-Identifier: Apache-2.0
//
// The whole preprocess phase, without a disk and without a go command.
#include "preprocess/analysis.h"

#include <algorithm>

#include "base/error.h"
#include "base/memory_files.h"
#include "plan/module_files.h"

#include "catch.h"

namespace otel::preprocess {
namespace {

constexpr const char* kListed =
    "package example.com/app/hooks\nname hooks\ndirectory /app/hooks\nmodule example.com/app\nlocal\nmain\n"
    "import otel.runtime/hook\nfile hooks.go\n"
    "package example.com/app\nname main\ndirectory /app\nnamed\nmodule example.com/app\nlocal\nmain\n"
    "file main.go\n";

// A program of one package, with a rule for its function greet and the hooks for that.
struct App {
  MemoryFiles files;
  gotool::Toolchain toolchain;
  std::vector<std::string> asked;  // of go: the packages of each question
  int status = 0;

  App() {
    files.texts = {
        {"/app/go.mod", "module example.com/app\n\ngo 1.25.0\n"},
        {"/app/main.go", "package main\n\nfunc greet() {}\n\nfunc main() { greet() }\n"},
        {"/app/hooks/hooks.go",
         "package hooks\n\nimport \"otel.runtime/hook\"\n\nfunc Before(call *hook.Call) {}\n"},
        {"/app/otel.rules.yaml",
         "library: app\nhooks: example.com/app/hooks\nrules:\n  - name: greet\n    kind: function\n"
         "    package: example.com/app\n    function: greet\n    before: Before\n"},
    };
    auto sdk = plan::sdk_directory(gotool::parse_module_file(files.texts.at("/app/go.mod")));
    files.texts[(base::Path("/modules") / sdk / "go.mod").string()] = "module sdk\n";
    toolchain.env.go = "/go/bin/go";
    toolchain.env.version = "go1.26.0";
    toolchain.env.module_file = "/app/go.mod";
    toolchain.env.module_cache = "/modules";
    toolchain.directory = "/app";
    toolchain.run = [this](const base::Command& command) {
      asked.push_back(command.arguments.back());
      bool ours = std::any_of(command.arguments.begin(), command.arguments.end(),
                              [](const std::string& argument) { return argument.starts_with("-modfile="); });
      if (ours && status != 0) return base::ProcessResult{status, "", "no such module"};
      return base::ProcessResult{0, command.arguments.back() == "." || ours ? kListed : "", ""};
    };
  }

  std::optional<Analysis> analyse(const cli::Options& options = {}) {
    auto request = gotool::make_build_request({"build", {}, {"."}}, "");
    return preprocess::analyse(toolchain, OwnCache("/cache", files), options, request);
  }

  std::vector<std::string> user_files() const {
    std::vector<std::string> paths;
    for (const auto& file : files.list_files_below("/app")) paths.push_back(file.string());
    return paths;
  }
};

std::vector<std::string> flag_names(const plan::BuildPlan& plan) {
  std::vector<std::string> names;
  for (const auto& flag : plan.flags) names.push_back(flag.name);
  return names;
}

TEST_CASE("a command becomes a plan, and nothing is written but to the cache") {
  App app;
  const auto before = app.user_files();
  auto analysis = app.analyse();
  REQUIRE(analysis);
  const auto& plan = analysis->plan;
  CHECK(plan.warnings.empty());
  CHECK(flag_names(plan) == std::vector<std::string>{"overlay", "modfile", "gcflags", "gcflags", "toolexec"});
  CHECK(plan.flags[2].value.starts_with(".=-otel="));
  CHECK(plan.flags[3].value == "cmd=");
  auto woven = std::find_if(plan.outcomes.begin(), plan.outcomes.end(),
                            [](const auto& outcome) { return outcome.rule == "greet"; });
  REQUIRE(woven != plan.outcomes.end());
  CHECK(woven->place == "/app/main.go:3");
  CHECK(app.user_files() == before);
  // What the flags name is there.
  CHECK(app.files.find_any(plan.flags[0].value));
  CHECK(app.files.find_any(plan.flags[1].value));
  auto overlay = *app.files.read_file_if_present(plan.flags[0].value);
  CHECK(overlay.find("\"/app/otel.runtime.go\"") != std::string::npos);
  CHECK(overlay.find("\"/otel.runtime/hook/") != std::string::npos);
}

TEST_CASE("the inputs of a plan are what the user may edit") {
  App app;
  auto analysis = app.analyse();
  REQUIRE(analysis);
  auto rendered = analysis->inputs.render();
  CHECK(plan::unchanged_inputs(rendered, app.files));
  for (const char* file : {"/app/go.mod", "/app/main.go", "/app/hooks/hooks.go", "/app/otel.rules.yaml"}) {
    CAPTURE(file);
    auto kept = app.files.texts;
    app.files.texts[file] += "\n// an edit\nimport \"fmt\"\n";
    CHECK_FALSE(plan::unchanged_inputs(rendered, app.files));
    app.files.texts = kept;
  }
  auto kept = app.files.texts;
  app.files.texts.erase(analysis->plan.flags[1].value);
  CHECK_FALSE(plan::unchanged_inputs(rendered, app.files));
  app.files.texts = kept;
  CHECK(plan::unchanged_inputs(rendered, app.files));
}

TEST_CASE("a second analysis asks go nothing") {
  App app;
  REQUIRE(app.analyse());
  app.asked.clear();
  REQUIRE(app.analyse());
  CHECK(app.asked.empty());
}

TEST_CASE("without a module there is nothing to weave, and --strict says so") {
  App app;
  app.toolchain.env.module_file = "/dev/null";
  auto analysis = app.analyse();
  REQUIRE(analysis);
  CHECK(analysis->plan.empty());
  CHECK(analysis->plan.warnings ==
        std::vector<std::string>{"no go.mod found; built without instrumentation"});
  cli::Options strict;
  strict.strict = true;
  CHECK_THROWS_AS(app.analyse(strict), base::Error);
}

TEST_CASE("what can't be completed is an error, and leaves no module files") {
  App app;
  app.status = 1;
  CHECK_THROWS_AS(app.analyse(), base::Error);
  CHECK(app.files.list_files_below("/cache/modules").empty());
}

TEST_CASE("a file of the user's where ours would be shown is an error") {
  for (const char* path : {"/app/otel.runtime.go", "/otel.runtime/sdk/mine.go"}) {
    CAPTURE(path);
    App app;
    app.files.texts[path] = "package main\n";
    CHECK_THROWS_AS(app.analyse(), base::Error);
  }
}

}  // namespace
}  // namespace otel::preprocess
