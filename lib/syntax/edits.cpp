// SPDX-License-Identifier: Apache-2.0
#include "syntax/edits.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/error.h"

namespace otel::syntax {
namespace {

std::ptrdiff_t count_newlines(std::string_view text) {
  return std::count(text.begin(), text.end(), '\n');
}

[[noreturn]] void fail_overlap(Span edit, Span other) {
  throw base::InternalError(fmt::format("edit of bytes {} to {} overlaps edit of bytes {} to {}", edit.begin,
                                        edit.end, other.begin, other.end));
}

}  // namespace

void Edits::insert(std::size_t offset, std::string text) {
  add({{offset, offset}, std::move(text)});
}

void Edits::insert_first(std::size_t offset, std::string text) {
  add({{offset, offset}, std::move(text)}, true);
}

void Edits::replace(Span span, std::string text) {
  if (span.end < span.begin)
    throw base::InternalError(fmt::format("edit of bytes {} to {}", span.begin, span.end));
  add({span, std::move(text)});
}

// The order is by begin; at the same begin insertions come first, in the order of their calls, and then at
// most one replacement. So only the direct neighbours of an edit can overlap it.
void Edits::add(Edit edit, bool first) {
  auto goes_before = [](const Edit& a, const Edit& b) {
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.span.empty() && !b.span.empty();
  };
  auto next = first ? std::lower_bound(edits_.begin(), edits_.end(), edit, goes_before)
                    : std::upper_bound(edits_.begin(), edits_.end(), edit, goes_before);
  if (next != edits_.end() && next->span.begin < edit.span.end) fail_overlap(edit.span, next->span);
  if (next != edits_.begin() && edit.span.begin < (next - 1)->span.end)
    fail_overlap(edit.span, (next - 1)->span);
  edits_.insert(next, std::move(edit));
}

bool Edits::mentions(std::string_view text) const {
  return std::any_of(edits_.begin(), edits_.end(),
                     [&](const Edit& edit) { return edit.text.find(text) != std::string::npos; });
}

std::string Edits::apply(std::string_view bytes) const {
  std::size_t size = bytes.size();
  for (const Edit& edit : edits_) size += edit.text.size();
  if (!edits_.empty() && edits_.back().span.end > bytes.size())
    throw base::InternalError(fmt::format("edit of bytes {} to {} in a text of {} bytes",
                                          edits_.back().span.begin, edits_.back().span.end, bytes.size()));
  std::string result;
  result.reserve(size);
  std::size_t copied = 0;
  for (const Edit& edit : edits_) {
    result += bytes.substr(copied, edit.span.begin - copied);
    result += edit.text;
    copied = edit.span.end;
  }
  result += bytes.substr(copied);
  return result;
}

bool Edits::keeps_lines(std::string_view bytes) const {
  std::ptrdiff_t moved = 0;  // by how many lines the bytes from `kept` on have moved
  std::size_t kept = 0;
  for (const Edit& edit : edits_) {
    if (moved != 0 && edit.span.begin > kept) return false;
    moved += count_newlines(edit.text) - count_newlines(bytes.substr(edit.span.begin, edit.span.size()));
    kept = edit.span.end;
  }
  return moved == 0 || kept >= bytes.size();
}

}  // namespace otel::syntax
