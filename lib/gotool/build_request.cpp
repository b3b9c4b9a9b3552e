// SPDX-License-Identifier: Apache-2.0
#include "gotool/build_request.h"

#include <utility>

namespace otel::gotool {
namespace {

constexpr std::string_view kPrinting[] = {"v", "x", "n", "json", "work"};

std::optional<std::string> last_value(const std::vector<GoFlag>& flags, std::string_view name) {
  std::optional<std::string> value;
  for (const auto& flag : flags)
    if (flag.name == name) value = flag.value;
  return value;
}

}  // namespace

BuildRequest make_build_request(GoCommand command, std::string_view goflags) {
  const auto defaults = parse_goflags(goflags);
  auto value = [&](std::string_view name) {
    auto typed = last_value(command.flags, name);
    return typed ? typed : last_value(defaults, name);
  };
  BuildSettings settings{value("mod"),
                         value("modfile"),
                         value("overlay"),
                         value("pgo"),
                         value("toolexec"),
                         value("buildmode"),
                         {},
                         true};
  for (const auto& flags : {defaults, command.flags})
    for (const auto& flag : flags)
      if (flag.name == "gcflags") settings.gcflags.push_back(flag.value);
  for (auto name : kPrinting)
    if (auto on = value(name); on && *on != "false") settings.silent = false;
  return {std::move(command), std::move(settings)};
}

}  // namespace otel::gotool
