// SPDX-License-Identifier: Apache-2.0
//
// The table of otel's own commands: help, the manual page, completions and hints use it.
#pragma once

#include <string_view>
#include <vector>

namespace otel::cli {

struct Usage {
  std::string_view synopsis;  // after "otel "
  std::string_view summary;   // one line
};

struct Example {
  std::string_view command;
  std::string_view what;  // it does
};

struct Subcommand {
  std::string_view name;
  std::vector<Usage> usages;
  std::string_view text;  // whole lines, each with its newline
  std::vector<Example> examples;
  std::vector<std::string_view> arguments;  // that may follow the name, for completion
};

// In the order of help.
const std::vector<Subcommand>& subcommands();

// Nothing if there is no such command.
const Subcommand* find_subcommand(std::string_view name);

}  // namespace otel::cli
