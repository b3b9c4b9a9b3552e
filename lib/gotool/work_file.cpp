// SPDX-License-Identifier: Apache-2.0
#include "gotool/work_file.h"

#include <filesystem>

#include "gotool/module_lines.h"

namespace otel::gotool {
WorkFile parse_work_file(std::string_view text) {
  WorkFile file;
  for (const auto& [line, tokens] : parse_module_lines(text)) {
    if (tokens.size() < 2) continue;
    if (tokens[0] == "go") file.go = tokens[1];
    if (tokens[0] == "use") file.directories.push_back(tokens[1]);
  }
  return file;
}

std::string with_absolute_directories(std::string_view text, const std::string& directory) {
  std::string absolute;
  for (auto& [line, tokens] : parse_module_lines(text)) {
    if (tokens.empty()) continue;
    bool use = tokens[0] == "use", replace = tokens[0] == "replace";
    auto& target = tokens.back();
    bool relative =
        target.substr(0, 2) == "./" || target.substr(0, 3) == "../" || target == "." || target == "..";
    if (use || (replace && relative))
      target = (std::filesystem::path(directory) / target).lexically_normal().string();
    for (std::size_t i = 0; i < tokens.size(); ++i)
      absolute += (i ? " " : "") + (i ? quote_module_token(tokens[i]) : tokens[i]);
    absolute += "\n";
  }
  return absolute;
}

}  // namespace otel::gotool
