// SPDX-License-Identifier: Apache-2.0
//
// The text that a rule puts in the place of a call, with what it keeps of the call:
//
//   $call   the call as it stands          $recv        what the method is called on, as the receiver's type
//   $func   what stands before "("         $args        all arguments
//                                          $0 … $9      one of them
//
// What is kept stays in the file where it is, and only the text around it is exchanged, so that other weaves
// go into it and its lines stay.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gocode/file_weaving.h"

namespace otel::gocode {

// A call expression, in token indices.
struct CallSite {
  std::size_t first = 0;         // of the whole call
  std::size_t receiver_end = 0;  // the last of what a method is called on
  std::size_t open = 0;          // parenthesis of the arguments
  // What makes the expression before the method one of the receiver's type: "(&", ".DB)".
  std::string receiver_prefix, receiver_suffix;
  bool receiver_hidden = false;  // the package can't name an embedded field that leads to the receiver
};

class CallTemplate {
 public:
  // Nothing if a placeholder isn't one of them; then *why says so.
  static std::optional<CallTemplate> parse(const std::string& text, std::string* why);

  // The text as Go has it: a name in the place of each placeholder.
  const std::string& go_text() const { return go_text_; }
  bool has(const std::string& placeholder) const;

  // The reason if the call can't be replaced; empty if it is.
  std::string weave(const CallSite& site, FileWeaving& into) const;

 private:
  struct Kept {
    syntax::Span span;
    std::string before, after;
  };
  std::optional<Kept> kept(const std::string& placeholder, const CallSite& site, const GoFile& file) const;
  bool repeats_effect(const std::vector<Kept>& parts, const GoFile& file) const;
  std::vector<std::string> texts_between(std::vector<Kept> parts, const GoFile& file) const;
  std::optional<std::string> over_lines(std::size_t piece, std::string text, std::size_t newlines) const;

  std::string go_text_;
  std::vector<std::string> placeholders_;
  std::vector<std::string> texts_;  // before each placeholder, and after the last
  std::vector<bool> closes_call_;   // whether a text begins with the parenthesis that closes a call
  std::vector<bool> listed_;        // whether a placeholder is alone between brackets and commas
  bool has_operator_ = false;
};

}  // namespace otel::gocode
