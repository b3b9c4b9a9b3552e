// SPDX-License-Identifier: Apache-2.0
//
// A command line of `go tool cover` as the go command writes it (cmd/go/internal/work/exec.go): it rewrites
// the Go files of a package, which are the last arguments, into the files that its -outfilelist lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

struct CoverCommand {
  std::vector<std::string> arguments;  // [0] is the tool
  std::size_t output_list = 0;         // index in arguments of -outfilelist's value
  std::size_t first_file = 0;          // index in arguments; arguments.size() if there are none

  // Where the files that it writes go.
  std::string work_directory() const;
};

// Nothing for another tool, and for a cover that rewrites no package.
std::optional<CoverCommand> parse_cover_command(const std::vector<std::string_view>& arguments);

}  // namespace otel::gotool
