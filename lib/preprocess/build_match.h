// SPDX-License-Identifier: Apache-2.0
//
// The stage that a build, `otel explain` and `otel rules` share: the rules of a build against its packages.
#pragma once

#include <vector>

#include "preprocess/matching.h"
#include "rules/rule.h"

namespace otel::preprocess {

struct BuildMatch {
  plan::Selection selection;
  Match match;
};

// Selects rules, leaves out the packages that have nothing to do with them, and matches the others. The
// selection points into the rules and the graph.
BuildMatch match_build(const cli::Site& site, const gotool::GoCommand& command,
                       const std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph,
                       plan::Inputs& inputs, OnMistake on_mistake = OnMistake::Throw);

}  // namespace otel::preprocess
