// SPDX-License-Identifier: Apache-2.0
//
// Lets go complete the module files of a woven build (requirements, checksums) in otel's cache, once
// for each state of the user's files and of what is added.
#pragma once

#include <vector>

#include "gotool/build_graph.h"
#include "gotool/go_command.h"
#include "gotool/toolchain.h"
#include "plan/module_files.h"
#include "plan/overlay.h"
#include "preprocess/generated_files.h"
#include "preprocess/project.h"

namespace otel::preprocess {

struct CompletedModule {
  std::vector<gotool::GoFlag> flags;  // -modfile where there is one, -mod where it must change
  plan::Overlay overlay;              // with the module files that are shown by it
  std::vector<plan::Raise> raises;    // of the user's OpenTelemetry modules
  std::vector<base::Path> files;      // all that go reads of them, in otel's cache
};

// `generated` is in the overlay; `command` is the build, and `graph` the graph of the plain build.
CompletedModule complete_module(const gotool::Toolchain& toolchain, const OwnCache& cache,
                                const gotool::GoCommand& command, const Project& project,
                                const gotool::BuildGraph& graph, const WrittenFiles& generated);

}  // namespace otel::preprocess
