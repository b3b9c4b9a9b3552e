// SPDX-License-Identifier: Apache-2.0
//
// The reading seam of an analysis: whoever reads something of the user's reads it here, so that it is noted,
// and results need not carry their inputs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "plan/inputs.h"

namespace otel::plan {

class InputReader {
 public:
  // The file system must outlive this.
  explicit InputReader(const base::FileSystem& files = base::disk()) : files_(files), inputs_(files) {}

  const base::FileSystem& files() const { return files_; }
  // All that was read so far, in that order.
  const Inputs& inputs() const { return inputs_; }

  // As in base/files.h; the whole content counts.
  std::string read_file(const base::Path& file);
  std::optional<std::string> read_file_if_present(const base::Path& file);
  // The names of directories, and of files that go might build, count.
  std::vector<std::string> list_directory(const base::Path& directory);
  // Full paths, sorted; their names count.
  std::vector<base::Path> list_rule_files(const base::Path& directory);
  // Whether something is there, which counts, whatever it is.
  bool find_presence(const base::Path& path);

  // What go, not otel, reads of the user's: of a Go file its head counts, of a whole file all of it.
  void note_head(const base::Path& file) { inputs_.read_head(file); }
  void note_whole(const base::Path& file) { inputs_.read_whole(file); }
  // What otel or go made; see Inputs::read_generated.
  void note_generated(const base::Path& file) { inputs_.read_generated(file); }
  // What another reader read.
  void note(const Inputs& inputs) { inputs_.add(inputs); }

 private:
  const base::FileSystem& files_;
  Inputs inputs_;
};

}  // namespace otel::plan
