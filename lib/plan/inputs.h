// SPDX-License-Identifier: Apache-2.0
//
// What an analysis has read, so that the next build can decide in a millisecond whether its result is valid.
// Packages of the module cache and of GOROOT don't change, so only files that the user may edit are here. An
// edited file is the same input as long as its head (everything up to the end of its imports) is, and its
// directives are: bodies shape no build graph.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace otel::plan {

// The digest of what affects a build graph in a Go file: the same for two files that differ only in function
// bodies. For a file that doesn't parse, of the whole file.
std::string head_digest(const base::Path& file, const base::FileSystem& files = base::disk());

// The reads of an analysis (see plan/input_reader.h), each with what it found.
//
// A file's size and time are trusted only if the file was at least two seconds old when they were read:
// within that a clock may show the same time for two texts (cmd/go/internal/modindex has the same window). A
// younger one is compared by its content the next time.
class Inputs {
 public:
  // The file system must outlive this.
  explicit Inputs(const base::FileSystem& files = base::disk()) : files_(&files) {}

  // The whole content counts.
  void read_whole(const base::Path& file);
  // The head of a Go file counts.
  void read_head(const base::Path& file);
  // The names in a directory count: of directories and of files that go might build.
  void read_directory(const base::Path& directory);

  // The names of the rule files in a directory count.
  void read_rule_directory(const base::Path& directory);

  // Whether something is there counts, whatever it is.
  void read_presence(const base::Path& path);

  // A file that otel or go made, not the user: its whole content counts, and its age doesn't.
  void read_generated(const base::Path& file);

  void add(const Inputs& more);

  // Whether one of the user's files was changed at or after that time (ns since 1970), so that what was asked
  // in between may be of another text than the one that was read here.
  bool changed_since(std::int64_t time_ns) const { return newest_ns_ >= time_ns; }

  // The files that are read as a whole and lie in a directory.
  std::vector<base::Path> files_in(const base::Path& directory) const;

  std::string render() const;

 private:
  friend std::optional<Inputs> unchanged_inputs(std::string_view rendered, const base::FileSystem& files);

  void read(std::string_view kind, const base::Path& path);

  const base::FileSystem* files_;
  std::vector<std::string> lines_;
  std::int64_t newest_ns_ = 0;  // time of the file that was changed last
};

// The inputs that render() wrote, with the sizes and times of now, if they still have the content that they
// had; else nothing.
std::optional<Inputs> unchanged_inputs(std::string_view rendered,
                                       const base::FileSystem& files = base::disk());

}  // namespace otel::plan
