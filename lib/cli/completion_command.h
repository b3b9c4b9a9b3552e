// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace otel::cli {

// The script for the shell that the arguments name: bash, zsh or fish. It completes otel's options and
// commands; what follows is files. A usage Error for another shell.
std::string completion_text(const std::vector<std::string>& arguments);

}  // namespace otel::cli
