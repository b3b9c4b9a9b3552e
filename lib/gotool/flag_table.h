// SPDX-License-Identifier: Apache-2.0
//
// The flags of `go build`, `install`, `run` and `test` as tables of facts. Everything that reads a go command
// line reads them here; a script test compares them with `go help build`, `go help test` and
// `go help testflag`.
#pragma once

#include <string_view>
#include <vector>

namespace otel::gotool {

enum class FlagValue {
  Boolean,   // -race, -race=false; the next argument is not its value
  Required,  // -o FILE, -o=FILE
};

struct FlagFact {
  std::string_view name;  // without dashes
  FlagValue value;
  bool shapes_graph;  // whether it changes which packages and files a build has, so `go list` must see it too
};

// Flags of all these commands, sorted by name; without -o and -json.
const std::vector<FlagFact>& build_flags();

// Their flags that go's help doesn't mention (cmd/go/internal/work.AddBuildFlags), sorted by name.
const std::vector<FlagFact>& debug_flags();

// What `go test` has beyond those, sorted by name. Most of them also go by "test.NAME".
const std::vector<FlagFact>& test_flags();

// Null if `go build` has no such flag.
const FlagFact* find_build_flag(std::string_view name);

// Null if the command ("build", "install", "run", "test") has no such flag.
const FlagFact* find_flag(std::string_view subcommand, std::string_view name);

}  // namespace otel::gotool
