// SPDX-License-Identifier: Apache-2.0
//
// `otel explain [build flags] [packages]`: what `otel go build` of the same arguments would weave, where, and
// why not the rest.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace otel::commands {

// Prints the plan that a build would follow, on stdout. With "--diff PACKAGE" it prints what weaving changes
// in that package. Returns the exit status.
int run_explain_command(const cli::Options& options, const std::vector<std::string>& arguments);

}  // namespace otel::commands
