// SPDX-License-Identifier: Apache-2.0
//
// Bytes of Go source to tokens, as go/scanner gives them (a differential test holds the two together over the
// whole standard library). Nothing fails here: what Go does not know becomes a token of kind Invalid. What is
// inside a literal (its escapes, the digits of its base) is left for the compiler to judge.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "syntax/source_file.h"
#include "syntax/token.h"

namespace otel::syntax {

// The tokens of one file in order; the last is always EndOfFile, and no other is.
class TokenList {
 public:
  TokenList(std::vector<Token> tokens, std::vector<Span> comments, bool valid)
      : tokens_(std::move(tokens)), comments_(std::move(comments)), valid_(valid) {}

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t index) const { return tokens_[index]; }
  auto begin() const { return tokens_.begin(); }
  auto end() const { return tokens_.end(); }

  // The source from the first byte of one token to the last byte of another.
  Span span(std::size_t first, std::size_t last) const { return {tokens_[first].begin, tokens_[last].end}; }
  Span span(std::size_t token) const { return span(token, token); }

  // True for a bracket whose other half is in the file.
  bool paired(std::size_t index) const { return tokens_[index].partner != index; }
  // The token to look at next when the inside of brackets does not matter: after the partner of an opening
  // bracket, else the next one. Never past EndOfFile.
  std::size_t step(std::size_t index) const;

  // In order, from their first byte to their last; the newline that ends a line comment, and a carriage
  // return before it, are not part of it.
  const std::vector<Span>& comments() const { return comments_; }
  // No token is Invalid, all brackets are paired, and none is in 5,000 others.
  bool valid() const { return valid_; }

 private:
  std::vector<Token> tokens_;
  std::vector<Span> comments_;
  bool valid_;
};

TokenList scan(const SourceFile& file);

}  // namespace otel::syntax
