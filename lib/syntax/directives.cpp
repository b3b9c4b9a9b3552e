// SPDX-License-Identifier: Apache-2.0
#include "syntax/directives.h"

#include <algorithm>
#include <string_view>

namespace otel::syntax {
namespace {

bool is_directive_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

bool is_directive(std::string_view comment) {
  if (!comment.starts_with("//")) return false;
  comment.remove_prefix(2);
  std::size_t colon = comment.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == comment.size()) return false;
  std::string_view tool = comment.substr(0, colon);
  return std::all_of(tool.begin(), tool.end(), is_directive_byte) && is_directive_byte(comment[colon + 1]);
}

struct Lines {
  std::size_t first;
  std::size_t last;
};

Lines lines_of(const SourceFile& file, Span comment) {
  return {file.position(comment.begin).line, file.position(comment.end).line};
}

using CommentIterator = std::vector<Span>::const_iterator;

// Behind the comments on the line of the token before them: these belong to that token.
CommentIterator skip_line_comments(const SourceFile& file, CommentIterator at, CommentIterator end,
                                   std::size_t line) {
  for (; at != end; ++at) {
    Lines lines = lines_of(file, *at);
    if (lines.first > line) return at;
    line = lines.last;
  }
  return at;
}

}  // namespace

std::vector<Span> directives_above(const SourceFile& file, const TokenList& tokens, std::size_t token) {
  const std::vector<Span>& comments = tokens.comments();
  auto begins_before = [](const Span& comment, std::size_t offset) { return comment.begin < offset; };
  auto first = comments.begin();
  auto last = std::lower_bound(first, comments.end(), tokens[token].begin, begins_before);
  if (token != 0) {
    first = std::lower_bound(first, last, tokens[token - 1].begin, begins_before);
    if (first == last) return {};
    first = skip_line_comments(file, first, last, file.position(tokens[token - 1].begin).line);
  }

  // Up from the declaration, as long as a comment ends on the line above what is below it, or on the same.
  std::size_t below = file.position(tokens[token].begin).line;
  std::vector<Span> directives;
  bool adjacent = true;
  for (auto at = last; at != first && adjacent;) {
    --at;
    Lines lines = lines_of(file, *at);
    adjacent = lines.last + 1 == below || (at + 1 != last && lines.last == below);
    below = lines.first;
    if (adjacent && is_directive(file.text(*at))) directives.push_back(*at);
  }
  std::reverse(directives.begin(), directives.end());
  return directives;
}

}  // namespace otel::syntax
