// SPDX-License-Identifier: Apache-2.0
//
// The flags that tell go's tool processes what to weave: -gcflags for each woven package, and -toolexec.
#pragma once

#include <string>
#include <vector>

#include "gotool/build_graph.h"
#include "gotool/build_request.h"
#include "gotool/toolchain.h"
#include "plan/build_plan.h"
#include "plan/package_plan.h"
#include "preprocess/own_cache.h"

namespace otel::preprocess {

// A package plan as tool processes find it.
struct NamedPlan {
  plan::PackagePlan plan;
  std::string digest;
  std::string text;
};
std::vector<NamedPlan> name_plans(const std::vector<plan::PackagePlan>& plans);

// One for each plan: the user's own flags for the package with the marker and the digest after; and a last
// one for no package. `directory` is where go runs.
std::vector<gotool::GoFlag> make_gcflags(const base::Path& directory, const gotool::BuildRequest& request,
                                         const gotool::BuildGraph& graph, const std::vector<NamedPlan>& plans,
                                         const std::vector<plan::Raise>& raises);

// `otel toolexec` with the arguments of the user's own -toolexec; an Error if a quote isn't closed there.
// `overlay` is the file of the build's overlay.
gotool::GoFlag make_toolexec(const OwnCache& cache, const gotool::BuildSettings& settings,
                             const std::string& overlay);

}  // namespace otel::preprocess
