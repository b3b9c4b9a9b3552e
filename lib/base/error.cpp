// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <fmt/format.h>

namespace otel::base {
namespace {

std::string render_position(const Place& place) {
  if (place.line == 0) return place.file + ": ";
  if (place.column == 0) return fmt::format("{}:{}: ", place.file, place.line);
  return fmt::format("{}:{}:{}: ", place.file, place.line, place.column);
}

// The line and a caret under the column; tabs are kept so that the caret lines up in any terminal.
std::string render_caret(const Place& place) {
  if (place.source_line.empty() || place.column == 0) return "";
  std::string margin = fmt::format("{:5} | ", place.line);
  std::string blank(margin.size() - 2, ' ');
  std::string under;
  for (std::size_t i = 0; i + 1 < place.column && i < place.source_line.size(); ++i)
    under += place.source_line[i] == '\t' ? '\t' : ' ';
  under += '^';
  for (std::size_t i = 1; i < place.width; ++i) under += '~';
  return fmt::format("{}{}\n{}| {}\n", margin, place.source_line, blank, under);
}

}  // namespace

std::string Error::render() const {
  std::string text = place_ ? render_position(*place_) : "otel: ";
  text += message_;
  if (!hint_.empty()) text += "; " + hint_;
  text += '\n';
  if (place_) text += render_caret(*place_);
  return text;
}

std::string render_warning(const std::string& message, const std::optional<Place>& place) {
  std::string text = "otel: warning: ";
  if (place) text += render_position(*place);
  text += message + '\n';
  if (place) text += render_caret(*place);
  return text;
}

}  // namespace otel::base
