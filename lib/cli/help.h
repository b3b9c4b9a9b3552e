// SPDX-License-Identifier: Apache-2.0
//
// What otel says of itself.
#pragma once

#include <string>
#include <vector>

namespace otel::cli {

// For the words behind "help": none, a command, "rule-files" or "manual". A usage Error for any other topic.
std::string help_text(const std::vector<std::string>& words);
// "otel version 0.1.0 linux/amd64"
std::string version_text();

}  // namespace otel::cli
