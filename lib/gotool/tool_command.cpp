// SPDX-License-Identifier: Apache-2.0
#include "gotool/tool_command.h"

#include <filesystem>
#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace otel::gotool {

std::string CompileCommand::work_folder() const {
  return std::filesystem::path(output).parent_path().string();
}

std::optional<std::string_view> find_marker(const std::vector<std::string_view>& words) {
  for (auto word : words)
    if (word.substr(0, kMarker.size()) == kMarker) return word.substr(kMarker.size());
  return std::nullopt;
}

CompileCommand parse_compile_command(const std::vector<std::string_view>& words) {
  CompileCommand command;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto word = words[i];
    if (word.substr(0, kMarker.size()) == kMarker) {
      command.digest = word.substr(kMarker.size());
      continue;
    }
    command.words.emplace_back(word);
    if (word == "-race") command.race_detector = true;
    bool has_value = (word == "-o" || word == "-p" || word == "-trimpath") && i + 1 < words.size();
    if (has_value) {
      command.words.emplace_back(words[++i]);
      if (word == "-o") command.output = words[i];
      if (word == "-p") command.package = words[i];
      if (word == "-trimpath") command.trimpath = command.words.size() - 1;
    }
  }
  // The files are the last words: flags never come behind them. Those of an overlay may be called anything.
  std::string_view trimpath;
  if (command.trimpath) trimpath = command.words[*command.trimpath];
  for (std::size_t i = command.words.size(); i-- > 1;) {
    const auto& word = command.words[i];
    if (word.empty() || word[0] == '-' || !(word.ends_with(".go") || overlaid_path(word, trimpath))) break;
    command.files.insert(command.files.begin(), i);
  }
  if (command.output.empty() || command.files.empty())
    throw base::InternalError(
        fmt::format("compile without -o or Go files: {}", base::join(command.words, " ")));
  return command;
}

std::string recorded_folder(std::string_view folder, std::string_view trimpath, std::string_view goroot) {
  for (auto rewrite : base::split(trimpath, ';')) {
    auto arrow = rewrite.find("=>");
    auto from = rewrite.substr(0, arrow);
    if (!base::lies_in(folder, from)) continue;
    if (arrow == std::string_view::npos || arrow + 2 == rewrite.size())
      return folder.size() == from.size() ? "" : std::string(folder.substr(from.size() + 1));
    return std::string(rewrite.substr(arrow + 2)) + std::string(folder.substr(from.size()));
  }
  if (base::lies_in(folder, goroot)) return "$GOROOT" + std::string(folder.substr(goroot.size()));
  return std::string(folder);
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
    auto& value = command.words[*command.trimpath];
    value = value.empty() ? rewrite : fmt::format("{};{}", rewrite, value);
    return;
  }
  command.words.insert(command.words.begin() + 1, {"-trimpath", rewrite});
  for (auto& file : command.files) file += 2;
  command.trimpath = 2;
}

}  // namespace otel::gotool
