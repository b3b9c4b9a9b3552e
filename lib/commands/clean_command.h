// SPDX-License-Identifier: Apache-2.0
//
// otel clean: empties otel's cache directory. Go's own caches are `go clean`'s.
#pragma once

#include <string>
#include <vector>

namespace otel::commands {

// `arguments` are what follows "clean": nothing, or -n, which only prints what would be removed.
int run_clean_command(const std::vector<std::string>& arguments);

}  // namespace otel::commands
