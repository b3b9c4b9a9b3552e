// SPDX-License-Identifier: Apache-2.0
//
// Runs the cases of this directory: rules and hooks through matching and weaving, as the front-end and a tool
// process do, in one process. Each case is a test of its name (`otel_golden wrap_calls` runs one), which
// CMakeLists.txt lists. OTEL_UPDATE_GOLDEN=1 writes what came out as what is wanted.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <unistd.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "plan/selection.h"
#include "preprocess/matching.h"
#include "preprocess/selection_filter.h"
#include "rules/loader.h"
#include "weave/weave_package.h"

#include "catch.h"
#include "golden_case.h"
#include "txtar.h"

namespace otel::golden {
namespace {

using base::Path;
using Outputs = std::vector<std::pair<std::string, std::optional<std::string>>>;  // section and its bytes

// What a case may say, in the order in which it is written.
constexpr std::string_view kRules = "rules.yaml", kInput = "in.go";

// A directory that is gone when the case is over.
class Directory {
 public:
  Directory()
      : path_(std::filesystem::temp_directory_path() / ("otel_golden." + std::to_string(::getpid()))) {}
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const Path& path() const { return path_; }

 private:
  Path path_;
};

// "hooks.go", "hooks.more.go"
bool is_hooks(const std::string& section) {
  return section.substr(0, 6) == "hooks.";
}

// "lib.go", "lib.more.go"
bool is_library(const std::string& section) {
  return section.substr(0, 4) == "lib.";
}

bool is_input(const std::string& section) {
  return section.substr(0, 5) != "want." && section != kRules && !is_hooks(section) && !is_library(section);
}

// A package golden/<case>/<name> of some sections of the case.
gotool::Package write_package(const Archive& archive, const std::string& path, const std::string& name,
                              const Path& directory, bool (*holds)(const std::string&)) {
  gotool::Package package;
  package.import_path = path + "/" + name;
  package.name = name;
  package.directory = (directory / name).string();
  for (const auto& section : archive.sections) {
    if (!holds(section.name)) continue;
    base::write_file(directory / name / section.name, section.bytes);
    package.files.push_back(section.name);
  }
  return package;
}

// The package golden/<case> with all Go files of the case, its hooks in golden/<case>/hooks, and another
// package in golden/<case>/lib.
gotool::BuildGraph write_packages(const Archive& archive, const std::string& name, const Path& directory) {
  gotool::BuildGraph graph;
  gotool::Package package;
  package.import_path = "golden/" + name;
  package.directory = directory.string();
  for (const auto& section : archive.sections) {
    if (!is_input(section.name)) continue;
    base::write_file(directory / section.name, section.bytes);
    package.files.push_back(section.name);
  }
  graph.packages.push_back(package);
  graph.packages.push_back(write_package(archive, package.import_path, "hooks", directory, is_hooks));
  graph.packages.push_back(write_package(archive, package.import_path, "lib", directory, is_library));
  return graph;
}

std::string render_outcomes(const std::vector<kinds::RuleOutcome>& outcomes) {
  std::string text;
  for (const auto& outcome : outcomes) {
    text += outcome.rule + ": ";
    text += outcome.place.empty() ? "not woven: " + outcome.reason : "woven at " + outcome.place;
    text += outcome.is_warning ? " (warning)\n" : "\n";
  }
  return text;
}

// Sections that a case of these inputs has, those that it hasn't as nothing.
Outputs outputs_of(const Archive& archive, const std::string& name, const Path& directory) {
  auto graph = write_packages(archive, name, directory);
  gotool::Toolchain toolchain;
  plan::InputReader reader;
  auto rules = rules::parse_rules(std::string(kRules), *archive.find(kRules), [&](const std::string& path) {
    const auto* text = archive.find(path);
    return text ? std::optional(*text) : std::nullopt;
  });
  auto selection = plan::select_rules(rules, graph, "go1.26.0", {});
  preprocess::PackageFiles searched(base::disk());
  preprocess::filter_selection(graph, selection, searched);
  auto match = preprocess::match_rules(toolchain, {"build", {}, {}}, graph, selection, reader);

  Outputs outputs = {{"want.rules", render_outcomes(match.outcomes)}};
  std::optional<std::string> woven, variables;
  std::map<std::string, std::string> added;
  // The plan goes through its text, as it does between the front-end and a tool process.
  for (const auto& plan : match.packages) {
    std::vector<gocode::GoFile> files;
    files.emplace_back(std::string(kInput), *archive.find(kInput));
    auto again = plan::parse_package_plan(plan::render_package_plan(plan));
    for (auto& output : weave::weave_package(again, files).files) {
      auto& kept = output.replaces ? woven : variables;
      if (output.replaces || output.name == weave::kVariablesFile)
        kept = std::move(output.text);
      else
        added["want.added/" + output.name] = std::move(output.text);
    }
  }
  outputs.emplace_back("want.go", woven);
  outputs.emplace_back("want.variables.go", variables);
  outputs.insert(outputs.end(), added.begin(), added.end());
  for (const auto& [path, text] : match.hook_files) outputs.emplace_back("want.runtime/" + path, text);
  for (const auto& [path, package] : match.glue)
    for (const auto& [file, text] : package.files) outputs.emplace_back("want.glue/" + file, text);
  return outputs;
}

// The same with the directory's name taken out, and an Error as what is wanted.
Outputs outputs_or_error(const Archive& archive, const std::string& name, const Path& directory) {
  Outputs outputs;
  try {
    outputs = outputs_of(archive, name, directory);
  } catch (const base::Error& error) {
    outputs = {{"want.error", error.render()}};
  }
  for (auto& [section, bytes] : outputs)
    if (bytes) bytes = base::replace_all(*bytes, directory.string() + "/", "");
  return outputs;
}

}  // namespace

void check_case(const std::string& name) {
  auto path = Path(OTEL_GOLDEN_DIRECTORY) / (name + ".txtar");
  Directory directory;
  auto archive = parse_archive(base::read_file(path));
  REQUIRE(archive.find(kRules));
  REQUIRE(archive.find(kInput));
  auto outputs = outputs_or_error(archive, name, directory.path());
  auto updated = archive;
  std::erase_if(updated.sections, [](const Section& s) { return s.name.substr(0, 5) == "want."; });
  for (const auto& [section, bytes] : outputs) updated.set(section, bytes);
  const char* update = std::getenv("OTEL_UPDATE_GOLDEN");
  if (update && *update == '1') {
    base::write_file(path, render_archive(updated));
    return;
  }
  for (const auto& section : updated.sections) {
    INFO(section.name);
    const auto* wanted = archive.find(section.name);
    CHECK((wanted ? *wanted : "(no such section)") == section.bytes);
  }
  CHECK(archive.sections.size() == updated.sections.size());
}

}  // namespace otel::golden
