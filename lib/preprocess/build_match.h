// SPDX-License-Identifier: Apache-2.0
//
// The stages that a build, `otel explain` and `otel rules` share: what go lists, completed by what the
// project contains, and the rules of the build against it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gotool/build_request.h"
#include "plan/overlay.h"
#include "preprocess/listed_graphs.h"
#include "preprocess/matching.h"
#include "preprocess/project.h"
#include "rules/rule.h"

namespace otel::preprocess {

// The build graph of a command, with the files of the user's overlay and vendored sources as local ones, and
// the project that it runs in, with the versions that are linked.
struct LoadedBuild {
  Project project;
  gotool::BuildGraph graph;
  plan::Overlay overlay;  // the user's own
};

// Where the project can't be woven, why; nothing if go can't load the packages. `reader` reads what the graph
// is made of.
std::optional<std::variant<LoadedBuild, std::string>> load_build(const gotool::Toolchain& toolchain,
                                                                 const OwnCache& cache,
                                                                 const gotool::BuildRequest& request,
                                                                 ListedGraphs& listed,
                                                                 plan::InputReader& reader);

struct BuildMatch {
  plan::Selection selection;
  Match match;
};

// Selects rules, leaves out the packages that have nothing to do with them, and matches the others. Where
// none but support rules are left, they are skipped too. To the rules their bodies are added; to the graph
// packages of support rules that only the support module links. The selection points into both. `disabled`
// are names of rules and libraries.
BuildMatch match_build(const gotool::Toolchain& toolchain, const std::vector<std::string>& disabled,
                       const gotool::GoCommand& command, std::vector<rules::Rule>& rules,
                       ListedGraphs& listed, gotool::BuildGraph& graph, plan::InputReader& reader,
                       MatchMode mode = {});

}  // namespace otel::preprocess
