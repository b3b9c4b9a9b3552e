// SPDX-License-Identifier: Apache-2.0
#include "gocode/function_weave.h"

#include <fmt/format.h>

#include "base/error.h"

namespace otel::gocode {
namespace {

std::string modes_text(const std::vector<PassMode>& modes) {
  std::string text;
  for (auto mode : modes) text += static_cast<char>(mode);
  return text;
}

std::vector<PassMode> parse_modes(std::string_view text) {
  std::vector<PassMode> modes;
  for (char c : text) {
    if (c != '-' && c != 'v' && c != 'p' && c != 'i') throw base::InternalError(fmt::format("pass '{}'", c));
    modes.push_back(static_cast<PassMode>(c));
  }
  return modes;
}

}  // namespace

std::string HookShape::text() const {
  return modes_text(parameters) + "|" + modes_text(results);
}

HookShape HookShape::parse(std::string_view text) {
  auto bar = text.find('|');
  if (bar == std::string_view::npos) throw base::InternalError(fmt::format("hook shape {}", text));
  return {parse_modes(text.substr(0, bar)), parse_modes(text.substr(bar + 1))};
}

}  // namespace otel::gocode
