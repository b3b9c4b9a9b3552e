// SPDX-License-Identifier: Apache-2.0
//
// The stage that a build, `otel explain` and `otel rules` share: what go listed, completed by what the
// project contains, and the rules of the build against it.
#pragma once

#include <string>
#include <vector>

#include "gotool/build_request.h"
#include "plan/overlay.h"
#include "preprocess/matching.h"
#include "preprocess/project.h"
#include "rules/rule.h"

namespace otel::preprocess {

// A graph as a build takes it, with the files of the user's overlay, which is returned, and vendored sources
// as local ones; and the project with the versions that are linked.
plan::Overlay complete_graph(const base::Path& directory, const gotool::BuildSettings& settings,
                             Project& project, gotool::BuildGraph& graph, plan::InputReader& reader);

struct BuildMatch {
  plan::Selection selection;
  Match match;
};

// Selects rules, leaves out the packages that have nothing to do with them, and matches the others. The
// selection points into the rules and the graph. `disabled` are names of rules and libraries.
BuildMatch match_build(const gotool::Toolchain& toolchain, const std::vector<std::string>& disabled,
                       const gotool::GoCommand& command, const std::vector<rules::Rule>& rules,
                       const gotool::BuildGraph& graph, plan::InputReader& reader,
                       OnMistake on_mistake = OnMistake::Throw);

}  // namespace otel::preprocess
