// SPDX-License-Identifier: Apache-2.0
//
// "otel rules …": what rules there are, whether they are right, and what they do to a package.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace otel::commands {

// `arguments` is what follows "rules". Prints to stdout and returns the exit status; mistakes are Errors.
int run_rules_command(const cli::Options& options, const std::vector<std::string>& arguments);

}  // namespace otel::commands
