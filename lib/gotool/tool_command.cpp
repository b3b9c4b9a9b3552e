// SPDX-License-Identifier: Apache-2.0
#include "gotool/tool_command.h"

#include <filesystem>
#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace otel::gotool {

std::string CompileCommand::work_directory() const {
  return std::filesystem::path(output).parent_path().string();
}

std::optional<std::string_view> find_marker(const std::vector<std::string_view>& arguments) {
  for (auto argument : arguments)
    if (argument.substr(0, kMarker.size()) == kMarker) return argument.substr(kMarker.size());
  return std::nullopt;
}

CompileCommand parse_compile_command(const std::vector<std::string_view>& arguments) {
  CompileCommand command;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto argument = arguments[i];
    if (argument.substr(0, kMarker.size()) == kMarker) {
      command.digest = argument.substr(kMarker.size());
      continue;
    }
    command.arguments.emplace_back(argument);
    if (argument == "-race") command.race_detector = true;
    bool has_value =
        (argument == "-o" || argument == "-p" || argument == "-trimpath") && i + 1 < arguments.size();
    if (has_value) {
      command.arguments.emplace_back(arguments[++i]);
      if (argument == "-o") command.output = arguments[i];
      if (argument == "-p") command.package = arguments[i];
      if (argument == "-trimpath") command.trimpath = command.arguments.size() - 1;
    }
  }
  // The files are the last arguments: flags never come after them. Those of an overlay may be called
  // anything.
  std::string_view trimpath;
  if (command.trimpath) trimpath = command.arguments[*command.trimpath];
  for (std::size_t i = command.arguments.size(); i-- > 1;) {
    const auto& argument = command.arguments[i];
    if (argument.empty() || argument[0] == '-' ||
        !(argument.ends_with(".go") || overlaid_path(argument, trimpath)))
      break;
    command.files.insert(command.files.begin(), i);
  }
  if (command.output.empty() || command.files.empty())
    throw base::InternalError(
        fmt::format("compile without -o or Go files: {}", base::join(command.arguments, " ")));
  return command;
}

std::string recorded_directory(std::string_view directory, std::string_view trimpath,
                               std::string_view goroot) {
  for (auto rewrite : base::split(trimpath, ';')) {
    auto arrow = rewrite.find("=>");
    auto from = rewrite.substr(0, arrow);
    if (!base::is_within(directory, from)) continue;
    if (arrow == std::string_view::npos || arrow + 2 == rewrite.size())
      return directory.size() == from.size() ? "" : std::string(directory.substr(from.size() + 1));
    return std::string(rewrite.substr(arrow + 2)) + std::string(directory.substr(from.size()));
  }
  if (base::is_within(directory, goroot)) return "$GOROOT" + std::string(directory.substr(goroot.size()));
  return std::string(directory);
}

std::optional<std::string> overlaid_path(std::string_view file, std::string_view trimpath) {
  for (auto rewrite : base::split(trimpath, ';'))
    if (rewrite.size() > file.size() + 2 && rewrite.substr(0, file.size()) == file &&
        rewrite.substr(file.size(), 2) == "=>")
      return std::string(rewrite.substr(file.size() + 2));
  return std::nullopt;
}

void add_position_rewrite(CompileCommand& command, const std::string& generated,
                          const std::string& recorded) {
  auto rewrite = fmt::format("{}=>{}", generated, recorded);
  if (command.trimpath) {
    auto& value = command.arguments[*command.trimpath];
    value = value.empty() ? rewrite : fmt::format("{};{}", rewrite, value);
    return;
  }
  command.arguments.insert(command.arguments.begin() + 1, {"-trimpath", rewrite});
  for (auto& file : command.files) file += 2;
  command.trimpath = 2;
}

}  // namespace otel::gotool
