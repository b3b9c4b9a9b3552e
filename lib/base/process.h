// SPDX-License-Identifier: Apache-2.0
//
// Running other programs: as a child process, or in place of this process. The only user of Boost.Process.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"

namespace otel::base {

struct Command {
  std::vector<std::string> arguments;              // arguments[0] is the program, a path
  std::map<std::string, std::string> environment;  // set on top of ours
  Path directory;                                  // where it runs; empty: here
};

struct ProcessResult {
  int status = 0;  // exit status; 128 + n after death by signal n
  std::string output;
  std::string error_output;
};

// Runs to the end with both outputs captured in one, as they come, and nothing on standard input.
ProcessResult run_with_merged_output(const Command& command);

// The seam for tests: what everything above base calls instead of run_command.
using Runner = std::function<ProcessResult(const Command&)>;

// Runs to the end with both outputs captured and nothing on standard input.
ProcessResult run_command(const Command& command);

// The path of a program by the rules of execvp(3): a name with a slash as it is, any other along PATH.
std::optional<std::string> find_program(const std::string& name);

// The path of the running otel itself.
std::string own_path();

// Replaces this process by the program (execve); throws an Error if that fails. Signals and the exit status
// are then the program's own.
[[noreturn]] void exec_command(const Command& command);

}  // namespace otel::base
