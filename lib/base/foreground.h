// SPDX-License-Identifier: Apache-2.0
//
// Runs a program as a child process that behaves as if it had replaced this process.
#pragma once

#include "base/process.h"

namespace otel::base {

// Runs the program to its end with our own standard input, output and error, in our process group; gives the
// status of waitpid(2). What the terminal sends reaches it anyway: Ctrl-C and Ctrl-\ don't end us meanwhile,
// Ctrl-Z stops both. What only we are sent (SIGTERM, SIGHUP; SIGINT, SIGQUIT by kill) is handed on. Any of
// them closes the terminal line. `started` is called when the program runs.
int run_foreground(const Command& command, const std::function<void()>& started = {});

// Ends as that program did: with its exit status, or by the same signal.
[[noreturn]] void end_as(int wait_status);

}  // namespace otel::base
