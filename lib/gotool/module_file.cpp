// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_file.h"

#include <algorithm>

#include "gotool/module_lines.h"

namespace otel::gotool {
namespace {

// "replace path [version] => folder"; a target with a version is a module.
void add_replacement(const std::vector<std::string>& words, ModuleFile& file) {
  auto arrow = std::find(words.begin(), words.end(), "=>");
  if (words.end() - arrow == 2) file.folders.push_back({words[1], arrow[1]});
}

}  // namespace

std::string ModuleFile::required_version(std::string_view path) const {
  for (const auto& requirement : requirements)
    if (requirement.path == path) return requirement.version;
  return "";
}

ModuleFile parse_module_file(std::string_view text) {
  ModuleFile file;
  for (const auto& [line, words] : parse_module_lines(text)) {
    if (words.empty()) continue;
    if (words[0] == "module" && words.size() >= 2) file.module = words[1];
    if (words[0] == "go" && words.size() >= 2) file.go = words[1];
    if (words[0] == "require" && words.size() >= 3) file.requirements.push_back({words[1], words[2]});
    if (words[0] == "replace" && words.size() >= 4) add_replacement(words, file);
  }
  return file;
}

}  // namespace otel::gotool
