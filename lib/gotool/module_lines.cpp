// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_lines.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/literal.h"

namespace otel::gotool {

namespace {

constexpr std::string_view kSingle = "()[]{},";

// Where the token that begins at `at` ends.
std::size_t end_of_token(std::string_view line, std::size_t at) {
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
std::vector<std::string> module_line_tokens(std::string_view line) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos;) {
    if (line.substr(at, 2) == "//") break;
    auto end = end_of_token(line, at);
    auto token = line.substr(at, end - at);
    tokens.push_back(syntax::unquote(token).value_or(std::string(token)));
    at = end;
  }
  return tokens;
}

std::string quote_module_token(const std::string& token) {
  // modfile.MustQuote, and what is no UTF-8.
  bool plain = !token.empty() && token.find_first_of(" \t\"'`,()[]{}") == std::string::npos &&
               token.find("//") == std::string::npos && token.find("/*") == std::string::npos &&
               syntax::quote(token) == '"' + token + '"';
  return plain ? token : syntax::quote(token);
}

std::vector<ModuleLine> parse_module_lines(std::string_view text) {
  std::vector<ModuleLine> lines;
  std::string block;
  for (auto line : base::split_lines(text)) {
    lines.push_back({line, module_line_tokens(line)});
    auto& tokens = lines.back().tokens;
    if (tokens.empty()) continue;
    if (tokens[0] == ")") {
      block.clear();
      tokens.clear();
    } else if (!block.empty()) {
      tokens.insert(tokens.begin(), block);
    } else if (tokens.size() == 2 && tokens[1] == "(") {
      block = tokens[0];
      tokens.clear();
    }
  }
  return lines;
}

std::string without_directives(std::string_view text,
                               const std::function<bool(const std::vector<std::string>&)>& drop) {
  std::string kept;
  for (const auto& [line, tokens] : parse_module_lines(text)) {
    if (!tokens.empty() && drop(tokens)) continue;
    kept += std::string(line) + "\n";
  }
  return kept;
}

}  // namespace otel::gotool
