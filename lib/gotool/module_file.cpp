// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_file.h"

#include <algorithm>

#include "gotool/module_lines.h"

namespace otel::gotool {
namespace {

// "replace path [version] => directory"; a target with a version is a module.
void add_replacement(const std::vector<std::string>& tokens, ModuleFile& file) {
  auto arrow = std::find(tokens.begin(), tokens.end(), "=>");
  if (tokens.end() - arrow == 2) file.directories.push_back({tokens[1], arrow[1]});
}

}  // namespace

std::string ModuleFile::required_version(std::string_view path) const {
  for (const auto& requirement : requirements)
    if (requirement.path == path) return requirement.version;
  return "";
}

ModuleFile parse_module_file(std::string_view text) {
  ModuleFile file;
  for (const auto& [line, tokens] : parse_module_lines(text)) {
    if (tokens.empty()) continue;
    if (tokens[0] == "module" && tokens.size() >= 2) file.module = tokens[1];
    if (tokens[0] == "go" && tokens.size() >= 2) file.go = tokens[1];
    if (tokens[0] == "require" && tokens.size() >= 3) file.requirements.push_back({tokens[1], tokens[2]});
    if (tokens[0] == "replace" && tokens.size() >= 4) add_replacement(tokens, file);
  }
  return file;
}

}  // namespace otel::gotool
