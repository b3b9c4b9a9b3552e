// SPDX-License-Identifier: Apache-2.0
//
// `otel view`: a receiver with a page, for looking at what a program sends. It is Go code embedded in otel
// (go-runtime/view) and that the user's own go builds into otel's cache when it is first used; nothing is
// fetched. Flags are the program's own, see `otel view --help`.
#pragma once

#include <string>
#include <vector>

namespace otel::commands {

// Executes the viewer. Throws an Error if it can't be built.
[[noreturn]] void run_view_command(const std::vector<std::string>& arguments);

}  // namespace otel::commands
