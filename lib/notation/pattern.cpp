// SPDX-License-Identifier: Apache-2.0
#include "notation/pattern.h"

#include <algorithm>
#include <fmt/format.h>

namespace otel::notation {
namespace {

// One wildcard text against another, from the front.
bool matches_from(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  bool dots = pattern.substr(0, 3) == "...";
  if (!dots && pattern[0] != '*')
    return !text.empty() && text[0] == pattern[0] && matches_from(pattern.substr(1), text.substr(1));
  auto rest = pattern.substr(dots ? 3 : 1);
  for (std::size_t taken = 0;; ++taken) {
    if (matches_from(rest, text.substr(taken))) return true;
    if (taken == text.size() || (!dots && text[taken] == '/')) return false;
  }
}

// "*" and "?" within a name.
bool matches_name(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] != '*')
    return !text.empty() && (pattern[0] == '?' || text[0] == pattern[0]) &&
           matches_name(pattern.substr(1), text.substr(1));
  for (std::size_t taken = 0; taken <= text.size(); ++taken)
    if (matches_name(pattern.substr(1), text.substr(taken))) return true;
  return false;
}

// Two stars in a row mean no more than one, and many would take long to match.
std::string without_double_stars(std::string text) {
  text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == '*' && b == '*'; }),
             text.end());
  return text;
}

// A count as in a{2,3}, or a reference as in \1, that std::regex overflows at or can't hold in memory.
bool has_long_count(std::string_view expression) {
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (std::string_view("{,\\").find(expression[i]) == std::string_view::npos) continue;
    auto end = expression.find_first_not_of("0123456789", i + 1);
    if (std::min(end, expression.size()) - i > 4) return true;
  }
  return false;
}

std::string letters_for_wildcards(std::string text) {
  std::replace(text.begin(), text.end(), '*', 'x');
  std::replace(text.begin(), text.end(), '?', 'x');
  return text;
}

}  // namespace

bool is_package_pattern(std::string_view text) {
  return text.find("...") != std::string_view::npos || text.find('*') != std::string_view::npos;
}

bool matches_package(std::string_view pattern, std::string_view import_path) {
  if (!is_package_pattern(pattern)) return pattern == import_path;
  if (pattern.size() > 4 && pattern.substr(pattern.size() - 4) == "/..." &&
      matches_from(pattern.substr(0, pattern.size() - 4), import_path))
    return true;
  return matches_from(pattern, import_path);
}

bool names_first_element(std::string_view pattern) {
  return !is_package_pattern(pattern.substr(0, pattern.find('/')));
}

bool FunctionPattern::is_meant(std::string_view text) {
  if (text.size() > 1 && text.front() == '/') return true;
  if (text.find('?') != std::string_view::npos) return true;
  // The star of "(*T)" is a pointer's.
  auto from = text.substr(0, 2) == "(*" ? 2 : 0;
  return text.find('*', static_cast<std::size_t>(from)) != std::string_view::npos;
}

std::optional<FunctionPattern> FunctionPattern::parse(std::string_view text, std::string* why) {
  FunctionPattern pattern;
  pattern.text_ = text;
  if (!text.empty() && text.front() == '/') {
    if (text.size() < 3 || text.back() != '/') {
      *why = "a regular expression stands between two slashes";
      return std::nullopt;
    }
    if (has_long_count(text)) {
      *why = "a count in a regular expression has at most three digits";
      return std::nullopt;
    }
    try {
      pattern.expression_ = std::make_shared<const std::regex>(std::string(text.substr(1, text.size() - 2)),
                                                               std::regex::ECMAScript | std::regex::optimize);
    } catch (const std::regex_error& failed) {
      *why = fmt::format("not a regular expression: {}", failed.what());
      return std::nullopt;
    }
    return pattern;
  }
  auto glob = without_type_blanks(text);
  if (glob.substr(0, 2) == "*.") {
    pattern.any_receiver_ = true;
    glob.erase(0, 2);
  }
  // The wildcards stand for letters, so what remains must read as a name does.
  bool pointer = glob.substr(0, 2) == "(*";
  auto letters = letters_for_wildcards(glob);
  if (pointer) letters[1] = '*';
  auto name = parse_function_name(letters);
  if (!name || (pattern.any_receiver_ && !name->receiver.empty())) {
    *why = "write F, T.M, (*T).M or *.M with * and ? in the names, or /regular expression/";
    return std::nullopt;
  }
  auto dot = glob.rfind('.');
  pattern.glob_.pointer = name->pointer;
  pattern.glob_.name = without_double_stars(glob.substr(dot == std::string::npos ? 0 : dot + 1));
  if (!name->receiver.empty())
    pattern.glob_.receiver = without_double_stars(glob.substr(pointer ? 2 : 0, name->receiver.size()));
  return pattern;
}

bool FunctionPattern::matches(const FunctionName& name) const {
  if (expression_) return std::regex_search(name.text(), *expression_);
  if (!matches_name(glob_.name, name.name)) return false;
  if (any_receiver_) return !name.receiver.empty();
  if (glob_.receiver.empty()) return name.receiver.empty();
  return glob_.pointer == name.pointer && matches_name(glob_.receiver, name.receiver);
}

}  // namespace otel::notation
