// SPDX-License-Identifier: Apache-2.0
#include "gocode/function_weave.h"

#include <fmt/format.h>

#include "base/error.h"

namespace otel::gocode {
namespace {

std::string passes_text(const std::vector<Pass>& passes) {
  std::string text;
  for (auto pass : passes) text += static_cast<char>(pass);
  return text;
}

std::vector<Pass> parse_passes(std::string_view text) {
  std::vector<Pass> passes;
  for (char c : text) {
    if (c != '-' && c != 'v' && c != 'p' && c != 'i') throw base::InternalError(fmt::format("pass '{}'", c));
    passes.push_back(static_cast<Pass>(c));
  }
  return passes;
}

}  // namespace

std::string HookShape::text() const {
  return passes_text(parameters) + "|" + passes_text(results);
}

HookShape HookShape::parse(std::string_view text) {
  auto bar = text.find('|');
  if (bar == std::string_view::npos) throw base::InternalError(fmt::format("hook shape {}", text));
  return {parse_passes(text.substr(0, bar)), parse_passes(text.substr(bar + 1))};
}

}  // namespace otel::gocode
