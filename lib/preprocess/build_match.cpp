// SPDX-License-Identifier: Apache-2.0
#include "preprocess/build_match.h"

#include "observe/stage_clock.h"
#include "plan/hook_imports.h"
#include "preprocess/selection_filter.h"

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

}  // namespace

plan::Overlay complete_graph(const Path& directory, const gotool::BuildSettings& settings, Project& project,
                             BuildGraph& graph, plan::InputReader& reader) {
  auto overlay = read_overlay(directory, settings, graph, reader);
  add_linked_versions(graph, project);
  if (project.vendored) mark_vendored(project, graph);
  return overlay;
}

BuildMatch match_build(const gotool::Toolchain& toolchain, const std::vector<std::string>& disabled,
                       const gotool::GoCommand& command, const std::vector<rules::Rule>& rules,
                       const BuildGraph& graph, plan::InputReader& reader, OnMistake on_mistake) {
  auto selection = plan::select_rules(rules, graph, toolchain.env.version, disabled);
  filter_selection(graph, selection, reader.files());
  plan::skip_unlinkable(graph, selection);
  observe::begin_stage("match rules against sources");
  auto match = match_rules(toolchain, command, graph, selection, reader, on_mistake);
  return {std::move(selection), std::move(match)};
}

}  // namespace otel::preprocess
