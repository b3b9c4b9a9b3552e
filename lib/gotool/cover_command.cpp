// SPDX-License-Identifier: Apache-2.0
#include "gotool/cover_command.h"

#include <filesystem>

namespace otel::gotool {

std::string CoverCommand::work_folder() const {
  return std::filesystem::path(words[output_list]).parent_path().string();
}

std::optional<CoverCommand> parse_cover_command(const std::vector<std::string_view>& words) {
  if (words.empty() || std::filesystem::path(words[0]).stem() != "cover") return std::nullopt;
  CoverCommand command;
  command.words.assign(words.begin(), words.end());
  for (std::size_t i = 1; i + 1 < words.size(); ++i)
    if (words[i] == "-outfilelist") command.output_list = i + 1;
  if (command.output_list == 0) return std::nullopt;
  // The files are absolute, and flags never come behind them.
  command.first_file = words.size();
  while (command.first_file > command.output_list + 1 && words[command.first_file - 1].ends_with(".go"))
    --command.first_file;
  return command;
}

}  // namespace otel::gotool
