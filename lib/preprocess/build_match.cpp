// SPDX-License-Identifier: Apache-2.0
#include "preprocess/build_match.h"

#include "observe/stages.h"
#include "preprocess/narrowing.h"

namespace otel::preprocess {

BuildMatch match_build(const cli::Site& site, const gotool::GoCommand& command,
                       const std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph,
                       plan::Inputs& inputs, OnMistake on_mistake) {
  auto selection = plan::select_rules(rules, graph, site.go.version, site.options.disable);
  narrow_selection(graph, selection);
  observe::begin_stage("match rules against sources");
  auto match = match_rules(site, command, graph, selection, inputs, on_mistake);
  return {std::move(selection), std::move(match)};
}

}  // namespace otel::preprocess
