// SPDX-License-Identifier: Apache-2.0
//
// The front-end's thinking: a go command to the plan for it.
#pragma once

#include <optional>

#include "driver/site.h"
#include "gotool/go_command.h"
#include "plan/build_plan.h"
#include "plan/inputs.h"

namespace otel::driver {

// Nothing if go can't load the packages: then its own words are wanted. An empty plan means a plain build.
std::optional<plan::BuildPlan> analyse(const Site& site, const gotool::GoCommand& command,
                                       plan::Inputs& inputs);

}  // namespace otel::driver
