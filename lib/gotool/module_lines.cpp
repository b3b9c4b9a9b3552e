// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_lines.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/literal.h"

namespace otel::gotool {

namespace {

constexpr std::string_view kSingle = "()[]{},";

// Where the word that begins at `at` ends.
std::size_t end_of_word(std::string_view line, std::size_t at) {
  if (char quote = line[at]; quote == '"' || quote == '`') {
    for (auto end = at + 1; end < line.size(); ++end) {
      if (line[end] == quote) return end + 1;
      if (quote == '"' && line[end] == '\\') ++end;
    }
    return line.size();
  }
  if (kSingle.find(line[at]) != std::string_view::npos) return at + 1;
  auto end = std::min(line.find_first_of(" \t\r()[]{},", at), line.size());
  return std::min(line.find("//", at), end);
}

}  // namespace

// As the lexer of golang.org/x/mod/modfile does.
std::vector<std::string> module_line_words(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos;) {
    if (line.substr(at, 2) == "//") break;
    auto end = end_of_word(line, at);
    auto word = line.substr(at, end - at);
    words.push_back(syntax::unquote(word).value_or(std::string(word)));
    at = end;
  }
  return words;
}

std::string quote_module_word(const std::string& word) {
  // modfile.MustQuote, and what is no UTF-8.
  bool plain = !word.empty() && word.find_first_of(" \t\"'`,()[]{}") == std::string::npos &&
               word.find("//") == std::string::npos && word.find("/*") == std::string::npos &&
               syntax::quote(word) == '"' + word + '"';
  return plain ? word : syntax::quote(word);
}

std::vector<ModuleLine> parse_module_lines(std::string_view text) {
  std::vector<ModuleLine> lines;
  std::string block;
  for (auto line : base::split_lines(text)) {
    lines.push_back({line, module_line_words(line)});
    auto& words = lines.back().words;
    if (words.empty()) continue;
    if (words[0] == ")") {
      block.clear();
      words.clear();
    } else if (!block.empty()) {
      words.insert(words.begin(), block);
    } else if (words.size() == 2 && words[1] == "(") {
      block = words[0];
      words.clear();
    }
  }
  return lines;
}

}  // namespace otel::gotool
