// SPDX-License-Identifier: Apache-2.0
//
// The analysis of the front-end: a go command to the plan for it.
#pragma once

#include <optional>

#include "cli/options.h"
#include "gotool/build_request.h"
#include "gotool/toolchain.h"
#include "plan/build_plan.h"
#include "plan/inputs.h"
#include "preprocess/own_cache.h"

namespace otel::preprocess {

// A plan and its inputs.
struct Analysis {
  plan::BuildPlan plan;
  plan::Inputs inputs;
};

// Nothing if go can't load the packages: then go itself reports why. An empty plan means a plain build.
// `report_absent` is that of MatchMode.
// Files are read and written through the cache's file system.
std::optional<Analysis> analyse(const gotool::Toolchain& toolchain, const OwnCache& cache,
                                const cli::Options& options, const gotool::BuildRequest& request,
                                bool report_absent = false);

}  // namespace otel::preprocess
