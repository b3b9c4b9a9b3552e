// SPDX-License-Identifier: Apache-2.0
//
// The texts of `otel help` and `otel version`.
#pragma once

#include <string>
#include <vector>

namespace otel::cli {

// For the arguments after "help": none, a command, "rule-files" or "manual". A usage Error for any other
// topic.
std::string help_text(const std::vector<std::string>& arguments);
// "otel version 0.1.0 linux/amd64"
std::string version_text();

}  // namespace otel::cli
