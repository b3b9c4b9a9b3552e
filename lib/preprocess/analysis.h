// SPDX-License-Identifier: Apache-2.0
//
// The front-end's thinking: a go command to the plan for it.
#pragma once

#include <optional>
#include <vector>

#include "cli/site.h"
#include "gotool/build_graph.h"
#include "gotool/go_command.h"
#include "plan/build_plan.h"
#include "plan/inputs.h"
#include "preprocess/listed_graphs.h"
#include "rules/rule.h"

namespace otel::preprocess {

// Nothing if go can't load the packages: then its own words are wanted. An empty plan means a plain build.
std::optional<plan::BuildPlan> analyse(const cli::Site& site, const gotool::GoCommand& command,
                                       plan::Inputs& inputs);

// Rules that support others are for packages that the run time brings along; those that the user's program
// doesn't have yet are listed apart and added.
void add_support_packages(const gotool::GoCommand& command, const std::vector<rules::Rule>& rules,
                          ListedGraphs& listed, gotool::BuildGraph& graph);

}  // namespace otel::preprocess
