// SPDX-License-Identifier: Apache-2.0
//
// `otel version -m FILE…`: what was woven into binaries, read from their bytes alone.
#pragma once

#include <string>
#include <vector>

namespace otel::commands {

// One block a file, in the manner of `go version -m`. An Error if a file can't be read or otel didn't build
// it.
std::string report_binaries(const std::vector<std::string>& files);

}  // namespace otel::commands
