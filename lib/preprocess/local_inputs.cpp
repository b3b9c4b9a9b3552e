// SPDX-License-Identifier: Apache-2.0
#include "preprocess/local_inputs.h"

#include <algorithm>
#include <set>

namespace otel::preprocess {
namespace {

using base::Path;

// The go.mod that a directory belongs to.
Path module_file_above(Path directory, const base::FileSystem& files) {
  while (!files.find_any(directory / "go.mod") && directory.has_relative_path())
    directory = directory.parent_path();
  return directory / "go.mod";
}

void read_local_package(const gotool::Package& package, bool with_tests, plan::InputReader& reader) {
  for (const auto& name : reader.list_directory(package.directory))
    if (Path(name).extension() == ".go" && (with_tests || !name.ends_with("_test.go")))
      reader.note_head(Path(package.directory) / name);
}

// Directories that go's wildcards look into, from one on; not beneath a link.
void read_directories(const Path& directory, plan::InputReader& reader) {
  const auto names = reader.list_directory(directory);
  if (reader.files().find_link(directory)) return;
  for (const auto& name : names)
    if (name.back() == '/' && name[0] != '.' && name[0] != '_')
      read_directories(directory / name.substr(0, name.size() - 1), reader);
}

}  // namespace

void read_local_inputs(const Project& project, const gotool::GoCommand& command,
                       const gotool::BuildGraph& graph, plan::InputReader& reader) {
  std::set<Path> module_files;
  for (const auto& package : graph.packages) {
    if (!package.module.local) continue;
    read_local_package(package, command.subcommand == "test" && package.named, reader);
    module_files.insert(module_file_above(package.directory, reader.files()));
  }
  for (const auto& file : module_files) reader.note_whole(file);
  // A wildcard also finds packages that aren't there yet, in any directory of the module.
  bool wildcard =
      std::any_of(command.arguments.begin(), command.arguments.end(),
                  [](const std::string& argument) { return argument.find("...") != std::string::npos; });
  if (wildcard) read_directories(project.root, reader);
}

}  // namespace otel::preprocess
