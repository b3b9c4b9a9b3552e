// SPDX-License-Identifier: Apache-2.0
#include "gotool/work_file.h"

#include <filesystem>
#include <functional>

#include "base/text.h"
#include "gotool/module_file.h"

namespace otel::gotool {
namespace {

// Calls for each directive with all its words, those of a block with the block's own word in front.
void for_each_directive(std::string_view text, const std::function<void(std::vector<std::string>)>& call) {
  std::string block;
  for (auto line : base::split_lines(text)) {
    auto words = module_line_words(line);
    if (words.empty()) continue;
    if (words[0] == ")") {
      block.clear();
      continue;
    }
    if (block.empty() && words.size() == 2 && words[1] == "(") {
      block = words[0];
      continue;
    }
    if (!block.empty()) words.insert(words.begin(), block);
    call(std::move(words));
  }
}

}  // namespace

WorkFile parse_work_file(std::string_view text) {
  WorkFile file;
  for_each_directive(text, [&](const std::vector<std::string>& words) {
    if (words.size() < 2) return;
    if (words[0] == "go") file.go = words[1];
    if (words[0] == "use") file.folders.push_back(words[1]);
  });
  return file;
}

std::string with_absolute_folders(std::string_view text, const std::string& folder) {
  std::string absolute;
  for_each_directive(text, [&](std::vector<std::string> words) {
    bool use = words[0] == "use", replace = words[0] == "replace";
    auto& target = words.back();
    bool relative =
        target.substr(0, 2) == "./" || target.substr(0, 3) == "../" || target == "." || target == "..";
    if (use || (replace && relative))
      target = (std::filesystem::path(folder) / target).lexically_normal().string();
    for (std::size_t i = 0; i < words.size(); ++i)
      absolute += (i ? " " : "") + (i ? quote_module_word(words[i]) : words[i]);
    absolute += "\n";
  });
  return absolute;
}

}  // namespace otel::gotool
