// SPDX-License-Identifier: Apache-2.0
#include "gotool/cover_command.h"

#include <filesystem>

namespace otel::gotool {

std::string CoverCommand::work_directory() const {
  return std::filesystem::path(arguments[output_list]).parent_path().string();
}

std::optional<CoverCommand> parse_cover_command(const std::vector<std::string_view>& arguments) {
  if (arguments.empty() || std::filesystem::path(arguments[0]).stem() != "cover") return std::nullopt;
  CoverCommand command;
  command.arguments.assign(arguments.begin(), arguments.end());
  for (std::size_t i = 1; i + 1 < arguments.size(); ++i)
    if (arguments[i] == "-outfilelist") command.output_list = i + 1;
  if (command.output_list == 0) return std::nullopt;
  // The files are absolute, and flags never come after them.
  command.first_file = arguments.size();
  while (command.first_file > command.output_list + 1 && arguments[command.first_file - 1].ends_with(".go"))
    --command.first_file;
  return command;
}

}  // namespace otel::gotool
