// SPDX-License-Identifier: Apache-2.0
//
// Patterns in the keys "package" and "function" of a rule: wildcards and regular expressions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "notation/function_name.h"

namespace re2 {
class RE2;
}

namespace otel::notation {

// Whether the text has a wildcard: "..." or "*".
bool is_package_pattern(std::string_view text);

// "..." matches any text, and "p/..." also p, as in patterns of the go command; "*" matches any
// text within one element of the path. A text without wildcards matches itself.
bool matches_package(std::string_view pattern, std::string_view import_path);

// Whether the pattern has a literal first element. One that starts with a wildcard doesn't, and is
// taken not to mean the standard library.
bool names_first_element(std::string_view pattern);

// How to write a function or a pattern; for hints.
inline constexpr std::string_view kFunctionForms = "write F, T.M, (*T).M, a glob or /regular expression/";

// Many functions by one text: "Get*", "(*Client).Do*", "*.Close" (of any receiver, pointer or not), with "*"
// for any text and "?" for one character; or "/…/", a regular expression as Go has them
// (github.com/google/re2/wiki/Syntax) that is searched for in the function's name as F, T.M or (*T).M.
class FunctionPattern {
 public:
  // Whether the text is meant as a pattern and not as one function's name.
  static bool is_meant(std::string_view text);
  // Nothing if the text is malformed; then *why is the reason.
  static std::optional<FunctionPattern> parse(std::string_view text, std::string* why);

  bool matches(const FunctionName& name) const;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::shared_ptr<const re2::RE2> expression_;  // of "/…/"
  FunctionName glob_;                           // else: its parts as patterns
  bool any_receiver_ = false;
};

}  // namespace otel::notation
