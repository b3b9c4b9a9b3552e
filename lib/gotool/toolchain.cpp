// SPDX-License-Identifier: Apache-2.0
#include "gotool/toolchain.h"

#include <cstdlib>
#include <fmt/format.h>

#include "base/error.h"

namespace otel::gotool {
namespace {

constexpr GoRelease kOldestGo = {1, 25};

void check_release(const GoEnvironment& go) {
  auto release = parse_go_release(go.version);
  if (release < kOldestGo)
    throw base::Error(fmt::format("{} is too old", go.version))
        .hint(fmt::format("otel needs Go {}.{} or newer", kOldestGo.major, kOldestGo.minor));
}

}  // namespace

std::string find_go() {
  auto go = base::find_program("go");
  if (!go)
    throw base::Error("no go command in PATH")
        .hint("install Go 1.25 or newer and put its bin directory into PATH");
  return *go;
}

base::Path run_directory() {
  return run_directory({});
}

base::Path run_directory(const GoCommand& command) {
  auto directory = base::find_current_directory();
  if (auto change = command.value("C")) directory /= *change;
  const char* shell = std::getenv("PWD");
  if (shell && shell[0] == '/' && base::find_same(shell, directory)) return shell;
  return base::find_real_path(directory).value_or(directory.lexically_normal());
}

Toolchain read_toolchain(const std::string& go, const base::Path& directory,
                         const std::map<std::string, std::string>& environment) {
  auto run = [environment](base::Command command) {
    command.environment.insert(environment.begin(), environment.end());
    return base::run_command(command);
  };
  auto env = read_go_environment(run, go, directory);
  check_release(env);
  return {run, std::move(env), directory, environment};
}

base::Path find_own_cache(const Toolchain& toolchain) {
  const auto& cache = toolchain.env.cache;
  return base::find_cache_directory(cache.empty() ? std::nullopt : std::optional(cache));
}

}  // namespace otel::gotool
