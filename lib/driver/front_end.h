// SPDX-License-Identifier: Apache-2.0
//
// `otel go …`: analyse, write a plan, execute the go command.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace otel::driver {

// `arguments` follow "go". Throws an Error or doesn't return.
[[noreturn]] void run_go(const cli::Options& options, const std::vector<std::string>& arguments);

}  // namespace otel::driver
