// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_file.h"

#include <algorithm>

#include "base/text.h"

namespace otel::gotool {
std::vector<std::string> module_line_words(std::string_view line) {
  if (auto comment = line.find("//"); comment != std::string_view::npos) line = line.substr(0, comment);
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos;) {
    bool quoted = line[at] == '"' || line[at] == '`';
    auto end = quoted ? line.find(line[at], at + 1) : line.find_first_of(" \t\r", at);
    if (end == std::string_view::npos) end = line.size();
    words.emplace_back(line.substr(quoted ? at + 1 : at, end - at - (quoted ? 1 : 0)));
    at = quoted ? end + 1 : end;
    if (at >= line.size()) break;
  }
  return words;
}

namespace {

// "replace path [version] => folder"; a target with a version is a module.
void add_replacement(const std::vector<std::string>& words, ModuleFile& file) {
  auto arrow = std::find(words.begin(), words.end(), "=>");
  if (words.end() - arrow == 2) file.folders.push_back({words[1], arrow[1]});
}

}  // namespace

std::string quote_module_word(const std::string& word) {
  bool plain = word.find_first_of(" \t\"'`,()[]{}") == std::string::npos && !word.empty() &&
               word.find("//") == std::string::npos;
  return plain ? word : base::json_quote(word);
}

std::string ModuleFile::required_version(std::string_view path) const {
  for (const auto& requirement : requirements)
    if (requirement.path == path) return requirement.version;
  return "";
}

ModuleFile parse_module_file(std::string_view text) {
  ModuleFile file;
  std::string block;
  for (auto line : base::split_lines(text)) {
    auto words = module_line_words(line);
    if (words.empty()) continue;
    if (words[0] == ")") {
      block.clear();
      continue;
    }
    if (!block.empty())
      words.insert(words.begin(), block);
    else if (words.size() == 2 && words[1] == "(") {
      block = words[0];
      continue;
    }
    if (words[0] == "module" && words.size() >= 2) file.module = words[1];
    if (words[0] == "go" && words.size() >= 2) file.go = words[1];
    if (words[0] == "require" && words.size() >= 3) file.requirements.push_back({words[1], words[2]});
    if (words[0] == "replace" && words.size() >= 4) add_replacement(words, file);
  }
  return file;
}

}  // namespace otel::gotool
