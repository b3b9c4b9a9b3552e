// SPDX-License-Identifier: Apache-2.0
//
// A command line as reports and traces of builds have it: files that are shown to others.
#pragma once

#include <string>
#include <vector>

namespace otel::observe {

// "go build -ldflags=-X main.key=REDACTED ./cmd/x" of the arguments after "otel go", as they were typed.
// Hidden are values after `=` for linker, compiler and assembler, the arguments of programs that -exec
// and -toolexec name, what a program that is run or tested is handed, and the user of a URL.
std::string redacted_command(const std::vector<std::string>& arguments);

}  // namespace otel::observe
