// SPDX-License-Identifier: Apache-2.0
//
// The inputs of a build graph: the go.mod files, directories and Go files that the user may edit.
#pragma once

#include "gotool/build_graph.h"
#include "gotool/go_command.h"
#include "plan/input_reader.h"
#include "preprocess/project.h"

namespace otel::preprocess {

// Of a local package every Go file counts, also one that a build constraint keeps out today; its tests where
// they are built. With a wildcard, the directories of the project do too.
void read_local_inputs(const Project& project, const gotool::GoCommand& command,
                       const gotool::BuildGraph& graph, plan::InputReader& reader);

}  // namespace otel::preprocess
