// SPDX-License-Identifier: Apache-2.0
#include "notation/pattern.h"

#include <algorithm>
#include <fmt/format.h>
#include <re2/re2.h>

#include "gotool/glob.h"

namespace otel::notation {
namespace {

bool matches_name(std::string_view glob, std::string_view name) {
  return gotool::matches_glob(glob, name, {.star = true, .mark = true});
}

// "not a regular expression: missing closing ) at character 5 of it"; RE2 names the piece that it doesn't
// take.
std::string describe_mistake(const re2::RE2& expression) {
  auto text = fmt::format("invalid regular expression: {}", expression.error());
  const auto& piece = expression.error_arg();
  auto at =
      piece.empty() || piece == expression.pattern() ? std::string::npos : expression.pattern().find(piece);
  return at == std::string::npos ? text : fmt::format("{} (character {})", text, at + 1);
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
  return gotool::matches_package_glob(pattern, import_path, {.dots = true, .star = true});
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
      *why = "write a regular expression between two slashes";
      return std::nullopt;
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto expression =
        std::make_shared<const re2::RE2>(re2::StringPiece(text.data() + 1, text.size() - 2), options);
    if (!expression->ok()) {
      *why = describe_mistake(*expression);
      return std::nullopt;
    }
    pattern.expression_ = std::move(expression);
    return pattern;
  }
  auto glob = without_type_blanks(text);
  if (glob.substr(0, 2) == "*.") {
    pattern.any_receiver_ = true;
    glob.erase(0, 2);
  }
  // Wildcards match letters, so the text with letters in their place must be a valid name.
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
  pattern.glob_.name = glob.substr(dot == std::string::npos ? 0 : dot + 1);
  if (!name->receiver.empty()) pattern.glob_.receiver = glob.substr(pointer ? 2 : 0, name->receiver.size());
  return pattern;
}

bool FunctionPattern::matches(const FunctionName& name) const {
  if (expression_) return re2::RE2::PartialMatch(name.text(), *expression_);
  if (!matches_name(glob_.name, name.name)) return false;
  if (any_receiver_) return !name.receiver.empty();
  if (glob_.receiver.empty()) return name.receiver.empty();
  return glob_.pointer == name.pointer && matches_name(glob_.receiver, name.receiver);
}

}  // namespace otel::notation
