// SPDX-License-Identifier: Apache-2.0
//
// The flags of `go build` as one table of facts. Everything that reads a go command line reads it here; a
// script test compares the table with `go help build`.
#pragma once

#include <string_view>
#include <vector>

namespace otel::gotool {

enum class FlagValue {
  Boolean,   // -race, -race=false; a following word is not its value
  Required,  // -o FILE, -o=FILE
};

struct FlagFact {
  std::string_view name;  // without dashes
  FlagValue value;
  bool shapes_graph;  // whether it changes which packages and files a build has, so `go list` must see it too
};

// Sorted by name.
const std::vector<FlagFact>& build_flags();

// Null if `go build` has no such flag.
const FlagFact* find_build_flag(std::string_view name);

}  // namespace otel::gotool
