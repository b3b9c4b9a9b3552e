// SPDX-License-Identifier: Apache-2.0
//
// The story of `otel go …`: analyse, plan, become the go command.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace otel::driver {

// `words` is what follows "go". Returns only by an Error.
[[noreturn]] void run_go(const cli::Options& options, const std::vector<std::string>& words);

}  // namespace otel::driver
