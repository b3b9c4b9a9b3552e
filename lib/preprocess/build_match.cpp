// SPDX-License-Identifier: Apache-2.0
#include "preprocess/build_match.h"

#include <set>

#include "observe/stage_clock.h"
#include "plan/hook_imports.h"
#include "plan/module_files.h"
#include "preprocess/hook_packages.h"
#include "preprocess/local_inputs.h"
#include "preprocess/rule_files.h"
#include "preprocess/selection_filter.h"

#include "notation/pattern.h"

namespace otel::preprocess {
namespace {

using base::Path;
using gotool::BuildGraph;

// Vendored sources lie where the user may edit them.
void mark_vendored(const Project& project, BuildGraph& graph) {
  auto vendor = (project.root / "vendor").string() + "/";
  for (auto& package : graph.packages)
    if (package.directory.compare(0, vendor.size(), vendor) == 0) package.module.local = true;
}

// The user's own overlay.
plan::Overlay read_overlay(const Path& directory, const gotool::BuildSettings& settings, BuildGraph& graph,
                           plan::InputReader& reader) {
  const auto& given = settings.overlay;
  if (!given || given->empty()) return {};
  auto file = directory / *given;
  auto overlay = plan::parse_overlay(*given, reader.read_file(file), directory.string());
  for (const auto& [path, backing] : overlay) {
    if (Path(path).extension() != ".go" || backing.empty()) continue;
    reader.note_head(backing);
    for (auto& package : graph.packages)
      if (Path(path).parent_path() == package.directory) package.overlaid[Path(path).filename()] = backing;
  }
  return overlay;
}

// What the support module can't import is in a build only if the program's own build has it.
bool is_importable(std::string_view package) {
  return package.find("/internal/") == std::string_view::npos;
}

// A graph as a build takes it, with the files of the user's overlay, which is returned, and vendored sources
// as local ones; and the project with the versions that are linked.
plan::Overlay complete_graph(const Path& directory, const gotool::BuildSettings& settings, Project& project,
                             BuildGraph& graph, plan::InputReader& reader) {
  auto overlay = read_overlay(directory, settings, graph, reader);
  add_linked_versions(graph, project);
  if (project.vendored) mark_vendored(project, graph);
  return overlay;
}

}  // namespace

std::optional<std::variant<LoadedBuild, std::string>> load_build(const gotool::Toolchain& toolchain,
                                                                 const OwnCache& cache,
                                                                 const gotool::BuildRequest& request,
                                                                 ListedGraphs& listed,
                                                                 plan::InputReader& reader) {
  observe::begin_stage("list packages and modules");
  auto found = read_project(toolchain, request.settings, reader);
  if (auto* project = std::get_if<Project>(&found))
    provide_hook_module(toolchain, cache, request.settings, *project);
  LoadedBuild loaded;
  loaded.graph = listed.list(request.command);
  if (loaded.graph.broken || !plan::supplies_all(loaded.graph.missing)) return std::nullopt;
  if (auto* refused = std::get_if<std::string>(&found)) return std::move(*refused);
  observe::begin_stage("read the program's own files");
  check_api_level(loaded.graph, reader.files());
  loaded.project = std::get<Project>(std::move(found));
  loaded.overlay =
      complete_graph(toolchain.directory, request.settings, loaded.project, loaded.graph, reader);
  if (!listed.earlier_inputs()) read_local_inputs(loaded.project, request.command, loaded.graph, reader);
  return loaded;
}

namespace {

// Support rules are for packages that the support module links; those that the user's program doesn't have
// are listed separately and added.
void add_support_packages(const gotool::BuildRequest& request, const std::vector<rules::Rule>& rules,
                          ListedGraphs& listed, BuildGraph& graph) {
  std::set<std::string> missing;
  for (const auto& rule : rules)
    if (rule.support && rule.inactive_reason.empty() && !notation::is_package_pattern(rule.package) &&
        is_importable(rule.package) && !graph.find(rule.package))
      missing.insert(rule.package);
  if (missing.empty()) return;
  auto listing_command = gotool::command_for(request, {missing.begin(), missing.end()});
  for (auto& package : listed.list(listing_command).packages) {
    if (graph.find(package.import_path)) continue;
    package.named = false;
    graph.packages.push_back(std::move(package));
  }
}

// In a build that is plain.
void skip_support_rules(plan::Selection& selection) {
  for (const auto& [rule, package] : selection.selected)
    selection.skipped.push_back({rule, "it is a support rule, and no other rule is woven", false});
  selection.selected.clear();
}

}  // namespace

BuildMatch match_build(const gotool::Toolchain& toolchain, const std::vector<std::string>& disabled,
                       const gotool::GoCommand& command, std::vector<rules::Rule>& rules,
                       ListedGraphs& listed, BuildGraph& graph, plan::InputReader& reader, MatchMode mode) {
  PackageFiles files(reader.files());
  auto select = [&] {
    read_bodies(rules, graph);
    auto selection = plan::select_rules(rules, graph, toolchain.env.version, disabled);
    filter_selection(graph, selection, files);
    plan::skip_unlinkable(graph, selection);
    return selection;
  };
  auto selection = select();
  if (selection.empty() && !mode.collect_mistakes) {
    skip_support_rules(selection);
  } else {
    add_support_packages(gotool::make_build_request(command, toolchain.env.goflags), rules, listed, graph);
    selection = select();
  }
  observe::begin_stage("match rules against sources");
  auto match = match_rules(toolchain, command, graph, selection, reader, mode);
  return {std::move(selection), std::move(match)};
}

}  // namespace otel::preprocess
