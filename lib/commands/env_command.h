// SPDX-License-Identifier: Apache-2.0
//
// otel env: settings with which plain go takes the module that hooks import from otel, before it is published
// and without a network.
#pragma once

#include <string>
#include <vector>

namespace otel::commands {

// Prints lines for a shell to evaluate, or the values of the named variables. Writes the proxy that they name
// into otel's cache. An Error for a variable that it has no value for.
int run_env_command(const std::vector<std::string>& names);

}  // namespace otel::commands
