// SPDX-License-Identifier: Apache-2.0
#include "plan/input_reader.h"

namespace otel::plan {

using base::Path;

std::string InputReader::read_file(const Path& file) {
  inputs_.read_whole(file);
  return files_.read_file(file);
}

std::optional<std::string> InputReader::read_file_if_present(const Path& file) {
  inputs_.read_whole(file);
  return files_.read_file_if_present(file);
}

std::vector<std::string> InputReader::list_directory(const Path& directory) {
  inputs_.read_directory(directory);
  return files_.list_directory(directory);
}

std::vector<Path> InputReader::list_rule_files(const Path& directory) {
  inputs_.read_rule_directory(directory);
  std::vector<Path> files;
  for (const auto& name : files_.list_directory(directory))
    if (auto extension = Path(name).extension(); extension == ".yaml" || extension == ".yml")
      files.push_back(directory / name);
  return files;
}

bool InputReader::find_presence(const Path& path) {
  inputs_.read_presence(path);
  return files_.find_any(path);
}

}  // namespace otel::plan
