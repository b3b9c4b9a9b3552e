// SPDX-License-Identifier: Apache-2.0
//
// What a go command would build: the packages with their directories, files and modules, as printed by
// `go list -deps`, which uses go's own loader, doesn't look at the build
// cache, and prints a format that we choose.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"
#include "gotool/go_command.h"

namespace otel::gotool {

// The import path of a package of files that the command line names. It has no module.
constexpr std::string_view kFilesPackage = "command-line-arguments";

struct Module {
  std::string path;
  std::string version;  // of what is built: a replacement's own; of a directory in a module's place the
                        // version that is required of it; empty if there is none (main module)
  bool local = false;   // main module, workspace module, replaced by a directory, or kFilesPackage: its files
                        // may change
  bool main = false;    // main module or workspace module
  // Where `version` is a v0.0.0-… of a fork at another path: the version that is required; else empty.
  std::string required = {};
};

struct Package {
  std::string import_path;
  std::string name;       // of the package clause
  std::string directory;  // absolute
  bool standard = false;
  bool named = false;                // by the command line, not only a dependency
  Module module;                     // empty path for the standard library
  std::vector<std::string> files;    // base names of the Go files that would be compiled, cgo ones included
  std::vector<std::string> imports;  // import paths, direct
  // import paths, transitive; of a main package, or for `go test` of the binary that tests this package
  std::vector<std::string> dependencies;
  bool tested = false;  // `go test` makes a binary of it
  // Base names of Go files that an overlay of the user's replaces or adds, to the files that have their text.
  std::map<std::string, std::string> overlaid = {};

  // Where the text of one of `files` is.
  std::string source_of(const std::string& name) const;
};

struct BuildGraph {
  std::vector<Package> packages;
  // Set if go could not load everything; then the go command itself is run, so that it reports the errors.
  bool broken = false;
  // Import paths that packages of the graph have and that go has no module for. Where this is all that is
  // wrong, `broken` is not set: who can supply them may go on, all others must take the graph for broken.
  std::vector<std::string> missing = {};

  const Package* find(std::string_view import_path) const;
};

// The `go list` command line for what `command` would build. For `go test` that is with the packages' tests.
std::vector<std::string> make_list_arguments(const GoCommand& command);

// A package that is listed several times (compiled again for a test or for a main package's profile) is one
// here.
BuildGraph parse_build_graph(std::string_view text);

BuildGraph list_build_graph(const base::Runner& run, const std::string& go, const base::Path& directory,
                            const GoCommand& command);

}  // namespace otel::gotool
