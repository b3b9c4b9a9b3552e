// SPDX-License-Identifier: Apache-2.0
//
// `otel doctor [build flags] [packages]`: checks everything that `otel go build` depends on, and prints what
// to do where something is amiss.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace otel::commands {

// Prints a line for each thing that was looked at, "ok", "note" or "BAD" first, on stdout. Returns 1 if
// anything is bad.
int run_doctor_command(const cli::Options& options, const std::vector<std::string>& arguments);

}  // namespace otel::commands
