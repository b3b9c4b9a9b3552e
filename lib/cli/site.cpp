// SPDX-License-Identifier: Apache-2.0
#include "cli/site.h"

#include <cstdlib>
#include <fmt/format.h>

#include "base/error.h"

namespace otel::cli {
namespace {

constexpr gotool::GoRelease kOldestGo = {1, 25};

void check_release(const gotool::GoEnvironment& go) {
  auto release = gotool::parse_go_release(go.version);
  if (release < kOldestGo)
    throw base::Error(fmt::format("{} is too old", go.version))
        .hint(fmt::format("otel needs Go {}.{} or newer", kOldestGo.major, kOldestGo.minor));
}

}  // namespace

std::string find_go() {
  auto go = base::find_program("go");
  if (!go)
    throw base::Error("no go command in PATH")
        .hint("install Go 1.25 or newer and put its bin folder into PATH");
  return *go;
}

base::Path current_folder() {
  return run_folder({});
}

base::Path run_folder(const gotool::GoCommand& command) {
  auto folder = base::find_current_directory();
  if (auto change = command.value("C")) folder /= *change;
  const char* shell = std::getenv("PWD");
  if (shell && shell[0] == '/' && base::find_same(shell, folder)) return shell;
  return base::find_real_path(folder).value_or(folder.lexically_normal());
}

Site read_site(const Options& options, const std::string& go, const base::Path& folder,
               const std::map<std::string, std::string>& environment) {
  auto run = [environment](base::Command command) {
    command.environment.insert(environment.begin(), environment.end());
    return base::run_command(command);
  };
  Site site{run, {}, folder, environment, {}, base::own_path(), options};
  site.go = gotool::read_go_environment(site.run, go, site.folder);
  check_release(site.go);
  site.cache = base::find_cache_folder(site.go.cache.empty() ? std::nullopt : std::optional(site.go.cache));
  return site;
}

}  // namespace otel::cli
