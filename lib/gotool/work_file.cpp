// SPDX-License-Identifier: Apache-2.0
#include "gotool/work_file.h"

#include <filesystem>

#include "gotool/module_lines.h"

namespace otel::gotool {
WorkFile parse_work_file(std::string_view text) {
  WorkFile file;
  for (const auto& [line, words] : parse_module_lines(text)) {
    if (words.size() < 2) continue;
    if (words[0] == "go") file.go = words[1];
    if (words[0] == "use") file.folders.push_back(words[1]);
  }
  return file;
}

std::string with_absolute_folders(std::string_view text, const std::string& folder) {
  std::string absolute;
  for (auto& [line, words] : parse_module_lines(text)) {
    if (words.empty()) continue;
    bool use = words[0] == "use", replace = words[0] == "replace";
    auto& target = words.back();
    bool relative =
        target.substr(0, 2) == "./" || target.substr(0, 3) == "../" || target == "." || target == "..";
    if (use || (replace && relative))
      target = (std::filesystem::path(folder) / target).lexically_normal().string();
    for (std::size_t i = 0; i < words.size(); ++i)
      absolute += (i ? " " : "") + (i ? quote_module_word(words[i]) : words[i]);
    absolute += "\n";
  }
  return absolute;
}

}  // namespace otel::gotool
