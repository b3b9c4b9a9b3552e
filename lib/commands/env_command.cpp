// SPDX-License-Identifier: Apache-2.0
#include "commands/env_command.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "gotool/glob.h"
#include "gotool/toolchain.h"

#include "published/hook_module.h"
#include "published/module_proxy.h"

namespace otel::commands {
namespace {

// As a word of a POSIX shell.
std::string quote_for_shell(const std::string& text) {
  return fmt::format("'{}'", base::replace_all(text, "'", "'\\''"));
}

// Whether go takes a module from its repository, past all proxies: a list of globs, each of which matches a
// prefix of the path (golang.org/ref/mod#private-modules).
bool is_direct(std::string_view gonoproxy, const std::string& module) {
  const auto globs = base::split(gonoproxy, ',');
  return std::any_of(globs.begin(), globs.end(), [&](std::string_view glob) {
    if (glob.empty()) return false;
    for (auto end = module.find('/'); end != std::string::npos; end = module.find('/', end + 1))
      if (gotool::matches_glob(glob, module.substr(0, end), {false, true, true})) return true;
    return gotool::matches_glob(glob, module, {false, true, true});
  });
}

}  // namespace

int run_env_command(const std::vector<std::string>& names) {
  auto toolchain = gotool::read_toolchain(gotool::find_go(), gotool::run_directory());
  auto variable = [&](std::string_view name) { return gotool::find_variable(toolchain.env, name); };
  auto proxy = published::write_module_proxy(gotool::find_own_cache(toolchain));
  auto settings = published::proxy_settings(proxy, variable("GOPROXY"), variable("GONOSUMDB"));
  const std::map<std::string, std::string> values = {{"GOPROXY", settings.goproxy},
                                                     {"GONOSUMDB", settings.gonosumdb}};
  for (const auto& name : names)
    if (values.count(name) == 0)
      throw base::Error(fmt::format("env: unknown variable \"{}\"", name))
          .hint("use GOPROXY or GONOSUMDB; \"go env\" prints the others")
          .status(base::kExitUsage);
  if (is_direct(variable("GONOPROXY"), published::hook_module()))
    fmt::print(
        stderr, "{}",
        base::render_warning(fmt::format(
            "go takes {} from its repository, not from a proxy, because of GONOPROXY or GOPRIVATE ({}); name "
            "only your own modules there",
            published::hook_module(), variable("GONOPROXY"))));
  for (const auto& name : names) fmt::print("{}\n", values.at(name));
  if (names.empty())
    for (const auto& [name, value] : values) fmt::print("export {}={}\n", name, quote_for_shell(value));
  return 0;
}

}  // namespace otel::commands
