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
  auto on = [&](std::string_view name) { return value(name).value_or("false") != "false"; };
  for (auto name : kPrinting)
    if (on(name)) settings.silent = false;
  settings.modcacherw = on("modcacherw");
  return {std::move(command), std::move(settings)};
}

GoCommand command_for(const BuildRequest& request, std::vector<std::string> packages) {
  auto command = request.command;
  if (request.settings.mod == "mod") {
    command.remove("mod");
    command.flags.push_back({"mod", "readonly"});
  }
  command.arguments = std::move(packages);
  return command;
}

}  // namespace otel::gotool
