// SPDX-License-Identifier: Apache-2.0
#include "gotool/build_graph.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "gotool/flag_table.h"

namespace otel::gotool {
namespace {

// What go writes as the version of a module that a go.mod replaces by a directory and requires without one.
constexpr std::string_view kNoVersion = "v0.0.0-00010101000000-000000000000";

// One line a fact, "key value"; a package starts with its "package" line. The module is the replacement where
// there is one, under the path that imports know; a replacement without a version is a directory, which
// is compared by the required version.
constexpr std::string_view kTemplate =
    "package {{.ImportPath}}\n"
    "name {{.Name}}\n"
    "directory {{.Dir}}\n"
    "{{if .Standard}}standard\n{{end}}"
    "{{if not .DepOnly}}named\n{{end}}"
    "{{with .Module}}module {{.Path}}\n"
    "{{if .Replace}}{{if .Replace.Version}}version {{.Replace.Version}}\nrequired {{.Version}}\nfork "
    "{{.Replace.Path}}{{else}}local\nversion "
    "{{.Version}}{{end}}"
    "{{else if .Main}}local\nmain{{else}}version {{.Version}}{{end}}\n{{end}}"
    "{{range .Imports}}import {{.}}\n{{end}}"
    "{{range .GoFiles}}file {{.}}\n{{end}}{{range .CgoFiles}}file {{.}}\n{{end}}"
    "{{if eq .Name \"main\"}}{{range .Deps}}dependency {{.}}\n{{end}}{{end}}"
    "{{if .Error}}error\n{{if not .Module}}{{if .DepOnly}}absent\n{{end}}{{end}}{{end}}"
    "{{if .Incomplete}}incomplete\n{{end}}";

// The v0.0.0-20220114102233-0123456789ab of a fork without releases doesn't say what it is a fork of; the
// required version does.
void resolve_fork(Module& module, std::string_view path) {
  bool pseudo = module.version.substr(0, 7) == "v0.0.0-";
  if (path == module.path || !pseudo) module.required.clear();
}

// What is read of go's output so far.
struct Listing {
  BuildGraph graph;
  std::size_t errors = 0;   // packages that go can't load
  bool incomplete = false;  // some package imports such a one, directly or not
};

void add_fact(Listing& listing, std::string_view key, std::string value) {
  auto& graph = listing.graph;
  if (key == "package") {
    graph.packages.emplace_back();
    auto& package = graph.packages.back();
    package.import_path = std::move(value);
    package.module.local = package.import_path == kFilesPackage;
    return;
  }
  if (graph.packages.empty()) {
    graph.broken = true;
    return;
  }
  Package& package = graph.packages.back();
  if (key == "name")
    package.name = std::move(value);
  else if (key == "directory")
    package.directory = std::move(value);
  else if (key == "standard")
    package.standard = true;
  else if (key == "named")
    package.named = true;
  else if (key == "module")
    package.module.path = std::move(value);
  else if (key == "version")
    package.module.version = value == kNoVersion ? "" : std::move(value);
  else if (key == "required")
    package.module.required = std::move(value);
  else if (key == "fork")
    resolve_fork(package.module, value);
  else if (key == "local")
    package.module.local = true;
  else if (key == "main")
    package.module.main = true;
  else if (key == "file")
    package.files.push_back(std::move(value));
  else if (key == "import")
    package.imports.push_back(std::move(value));
  else if (key == "dependency")
    package.dependencies.push_back(std::move(value));
  else if (key == "absent")  // behind "error"
    graph.missing.push_back(package.import_path);
  else if (key == "error")
    ++listing.errors;
  else if (key == "incomplete")
    listing.incomplete = true;
  else
    graph.broken = true;
}

}  // namespace

std::string Package::source_of(const std::string& file) const {
  auto replaced = overlaid.find(file);
  return replaced == overlaid.end() ? directory + "/" + file : replaced->second;
}

const Package* BuildGraph::find(std::string_view import_path) const {
  auto found = std::find_if(packages.begin(), packages.end(),
                            [&](const Package& package) { return package.import_path == import_path; });
  return found == packages.end() ? nullptr : &*found;
}

std::vector<std::string> make_list_arguments(const GoCommand& command) {
  GoCommand list;
  list.subcommand = "list";
  bool test = command.subcommand == "test";
  for (const auto& flag : command.flags) {
    // Which packages a test covers is no matter of which it links.
    if (test && flag.name.substr(0, 5) == "cover") continue;
    if (const auto* fact = find_build_flag(flag.name); fact && fact->shapes_graph) list.flags.push_back(flag);
  }
  if (test) list.flags.push_back({"test", "true"});
  list.flags.insert(list.flags.end(), {{"e", "true"}, {"deps", "true"}, {"f", std::string(kTemplate)}});
  auto arguments = list.command_line();
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  return arguments;
}

namespace {

std::string without_variant(const std::string& import_path) {
  return import_path.substr(0, import_path.find(" ["));
}

// The main package that `go test` writes: its only file is not in its directory.
bool is_test_main(const Package& package) {
  return package.name == "main" && package.files.size() == 1 && package.files[0][0] == '/';
}

// Leaves the packages as they are in a plain build, and those that only tests need. What "p.test" links is
// noted at p.
BuildGraph merge_variants(BuildGraph listed) {
  BuildGraph graph;
  graph.broken = listed.broken;
  graph.missing = std::move(listed.missing);
  std::map<std::string, std::size_t> known;
  std::vector<Package> mains;
  for (auto& package : listed.packages) {
    for (auto& path : package.dependencies) path = without_variant(path);
    if (is_test_main(package)) {
      mains.push_back(std::move(package));
      continue;
    }
    bool variant = package.import_path.find(" [") != std::string::npos;
    package.import_path = without_variant(package.import_path);
    // Tests outside the package they test: nobody imports them.
    if (variant && package.name.size() > 5 && package.name.substr(package.name.size() - 5) == "_test")
      continue;
    if (known.emplace(package.import_path, graph.packages.size()).second)
      graph.packages.push_back(std::move(package));
  }
  for (auto& main : mains) {
    auto tested = known.find(main.import_path.substr(0, main.import_path.rfind(".test")));
    if (tested == known.end()) continue;
    graph.packages[tested->second].tested = true;
    graph.packages[tested->second].dependencies = std::move(main.dependencies);
  }
  return graph;
}

}  // namespace

BuildGraph parse_build_graph(std::string_view text) {
  Listing listing;
  for (auto line : base::split_lines(text)) {
    if (line.empty()) continue;
    auto blank = line.find(' ');
    add_fact(listing, line.substr(0, blank),
             blank == std::string_view::npos ? "" : std::string(line.substr(blank + 1)));
  }
  auto& graph = listing.graph;
  if (listing.errors != graph.missing.size() || (listing.incomplete && listing.errors == 0))
    graph.broken = true;
  std::erase_if(graph.packages, [&](const Package& package) {
    return std::find(graph.missing.begin(), graph.missing.end(), package.import_path) != graph.missing.end();
  });
  return merge_variants(std::move(graph));
}

BuildGraph list_build_graph(const base::Runner& run, const std::string& go, const base::Path& directory,
                            const GoCommand& command) {
  base::Command list{{go}, {}, directory};
  for (auto& argument : make_list_arguments(command)) list.arguments.push_back(std::move(argument));
  auto result = run(list);
  BuildGraph graph = parse_build_graph(result.output);
  if (result.status != 0) graph.broken = true;
  return graph;
}

}  // namespace otel::gotool
