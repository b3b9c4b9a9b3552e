// SPDX-License-Identifier: Apache-2.0
//
// otel clean: empties otel's cache folder. Go's own caches are `go clean`'s.
#pragma once

#include <string>
#include <vector>

namespace otel::commands {

// `words` are what follows "clean": nothing, or -n, which only prints what would be removed.
int run_clean_command(const std::vector<std::string>& words);

}  // namespace otel::commands
