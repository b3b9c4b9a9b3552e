// SPDX-License-Identifier: Apache-2.0
//
// What an analysis has read, so that the next build can tell in a millisecond that it would find the same.
// Packages of the module cache and of GOROOT don't change, so only files that the user may edit are here. An
// edited file is the same input as long as its head (everything up to the end of its imports) is, and its
// directives are: bodies shape no build graph.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace otel::plan {

// Of what a Go file says to a build graph: the same for two files that differ in bodies alone. Of a file that
// doesn't parse, of the whole.
std::string head_digest(const base::Path& file);

class Inputs {
 public:
  // The whole content counts.
  void read_whole(const base::Path& file);
  // The head of a Go file counts.
  void read_head(const base::Path& file);
  // The names in a folder count: of folders and of files that go might build.
  void read_folder(const base::Path& folder);

  // The names of the rule files in a folder count.
  void read_rule_folder(const base::Path& folder);

  void add(const Inputs& more);

  std::string render() const;

 private:
  friend std::optional<Inputs> unchanged_inputs(std::string_view rendered);

  std::vector<std::string> lines_;
};

// The inputs that render() wrote, with the sizes and times of now, if they still have the content that they
// had; else nothing.
std::optional<Inputs> unchanged_inputs(std::string_view rendered);

}  // namespace otel::plan
