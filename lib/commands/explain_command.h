// SPDX-License-Identifier: Apache-2.0
//
// `otel explain [build flags] [packages]`: what `otel go build` of the same arguments would weave, where, and
// why not the rest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "plan/build_plan.h"

namespace otel::commands {

// Prints the plan that a build would follow, on stdout: what is woven first, by library. Built-in rules whose
// packages are not in the build are one line of libraries, unless "--all" is the first argument. With "--diff
// PACKAGE" it prints what weaving changes in that package. Returns the exit status.
int run_explain_command(const cli::Options& options, const std::vector<std::string>& arguments);

// The line of libraries that have no rule for any package of the build, which `command` lists; empty if there
// is none.
std::string render_absent_libraries(const std::vector<plan::RuleOutcome>& outcomes, std::string_view command);

}  // namespace otel::commands
