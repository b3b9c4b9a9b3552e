// SPDX-License-Identifier: Apache-2.0
#include "gotool/build_graph.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "gotool/flag_table.h"

namespace otel::gotool {
namespace {

// One line a fact, "key value"; a package starts with its "package" line. The module is the replacement where
// there is one, under the path that imports know; a replacement without a version is a folder.
constexpr std::string_view kTemplate =
    "package {{.ImportPath}}\n"
    "name {{.Name}}\n"
    "folder {{.Dir}}\n"
    "{{if .Standard}}standard\n{{end}}"
    "{{if not .DepOnly}}named\n{{end}}"
    "{{with .Module}}module {{.Path}}\n"
    "{{if .Replace}}{{if .Replace.Version}}version {{.Replace.Version}}{{else}}local{{end}}"
    "{{else if .Main}}local{{else}}version {{.Version}}{{end}}\n{{end}}"
    "{{range .GoFiles}}file {{.}}\n{{end}}{{range .CgoFiles}}file {{.}}\n{{end}}"
    "{{if eq .Name \"main\"}}{{range .Deps}}dependency {{.}}\n{{end}}{{end}}"
    "{{if .Error}}error\n{{end}}{{if .Incomplete}}error\n{{end}}";

void add_fact(BuildGraph& graph, std::string_view key, std::string value) {
  if (key == "package") {
    graph.packages.emplace_back();
    graph.packages.back().import_path = std::move(value);
    return;
  }
  if (graph.packages.empty()) {
    graph.broken = true;
    return;
  }
  Package& package = graph.packages.back();
  if (key == "name")
    package.name = std::move(value);
  else if (key == "folder")
    package.folder = std::move(value);
  else if (key == "standard")
    package.standard = true;
  else if (key == "named")
    package.named = true;
  else if (key == "module")
    package.module.path = std::move(value);
  else if (key == "version")
    package.module.version = std::move(value);
  else if (key == "local")
    package.module.local = true;
  else if (key == "file")
    package.files.push_back(std::move(value));
  else if (key == "dependency")
    package.dependencies.push_back(std::move(value));
  else
    graph.broken = true;
}

}  // namespace

const Package* BuildGraph::find(std::string_view import_path) const {
  auto found = std::find_if(packages.begin(), packages.end(),
                            [&](const Package& package) { return package.import_path == import_path; });
  return found == packages.end() ? nullptr : &*found;
}

std::vector<std::string> make_list_words(const GoCommand& command) {
  GoCommand list;
  list.verb = "list";
  for (const auto& flag : command.flags)
    if (const auto* fact = find_build_flag(flag.name); fact && fact->shapes_graph) list.flags.push_back(flag);
  list.flags.insert(list.flags.end(), {{"e", "true"}, {"deps", "true"}, {"f", std::string(kTemplate)}});
  list.arguments = {"--"};
  list.arguments.insert(list.arguments.end(), command.arguments.begin(), command.arguments.end());
  return list.words();
}

BuildGraph parse_build_graph(std::string_view text) {
  BuildGraph graph;
  for (auto line : base::split_lines(text)) {
    if (line.empty()) continue;
    auto blank = line.find(' ');
    add_fact(graph, line.substr(0, blank),
             blank == std::string_view::npos ? "" : std::string(line.substr(blank + 1)));
  }
  return graph;
}

BuildGraph list_build_graph(const base::Runner& run, const std::string& go, const base::Path& folder,
                            const GoCommand& command) {
  base::Command list{{go}, {}, folder};
  for (auto& word : make_list_words(command)) list.arguments.push_back(std::move(word));
  auto answer = run(list);
  BuildGraph graph = parse_build_graph(answer.output);
  if (answer.status != 0) graph.broken = true;
  return graph;
}

}  // namespace otel::gotool
