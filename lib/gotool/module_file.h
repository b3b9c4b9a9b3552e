// SPDX-License-Identifier: Apache-2.0
//
// What otel needs to know of a go.mod, and how it adds to one. The text is never rearranged: lines are
// appended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

struct Requirement {
  std::string path;
  std::string version;
};

// A module replaced by a directory: the path as written, relative to the go.mod's directory or absolute.
struct DirectoryReplacement {
  std::string path;  // of the module
  std::string directory;
};

struct ModuleFile {
  std::string module;  // path
  std::string go;      // the go line's version, "1.25.0"; empty if there is none
  std::vector<Requirement> requirements;
  std::vector<DirectoryReplacement> directories;

  // Empty if the module isn't required.
  std::string required_version(std::string_view path) const;
};

// Reads what go itself has accepted already; lines it doesn't know are skipped
// (golang.org/ref/mod#go-mod-file).
ModuleFile parse_module_file(std::string_view text);

}  // namespace otel::gotool
