// SPDX-License-Identifier: Apache-2.0
#include "plan/sdk_fit.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gotool/module_version.h"

namespace otel::plan {
namespace {

// The oldest releases that package internal/global of OpenTelemetry's API compiles with; all releases from
// kOldestOtel on use the same functions.
struct Oldest {
  std::string_view path;
  std::string_view version;
};
constexpr std::array<Oldest, 2> kOldest = {
    {{"github.com/go-logr/logr", "v1.2.0"}, {"github.com/go-logr/stdr", "v1.2.0"}}};

// unix.ByteSliceToString, as an expression.
constexpr std::string_view kByteSliceToString =
    "func(b []byte) string { n := 0; for n < len(b) && b[n] != 0 { n++ }; return string(b[:n]) }";

bool is_within(std::string_view import_path, std::string_view module) {
  return import_path.substr(0, module.size()) == module &&
         (import_path.size() == module.size() || import_path[module.size()] == '/');
}

}  // namespace

bool fits_sdk(std::string_view path, std::string_view version) {
  for (const auto& oldest : kOldest)
    if (path == oldest.path) return gotool::compare_versions(version, oldest.version) >= 0;
  return true;
}

std::optional<PackagePlan> fit_sdk_resource(const gotool::ModuleFile& program) {
  auto version = program.required_version("golang.org/x/sys");
  if (version.empty() || gotool::compare_versions(version, "v0.1.0") >= 0) return std::nullopt;
  PackagePlan plan;
  plan.package = kSdkResource;
  for (std::string_view field : {"Sysname", "Nodename", "Release", "Version", "Machine"}) {
    auto argument = fmt::format("(utsName.{}[:])", field);
    plan.weaves.push_back(kinds::CallWeave{{},
                                           "sdk_resource",
                                           {"", false, "uname"},
                                           fmt::format("unix.ByteSliceToString{}", argument),
                                           fmt::format("{}{}", kByteSliceToString, argument)});
  }
  return plan;
}

const gotool::Package* find_broken_by(const std::vector<Raise>& raises, const gotool::BuildGraph& graph) {
  auto rises = [&](const std::string& module) {
    return std::any_of(raises.begin(), raises.end(),
                       [&](const Raise& raise) { return raise.path == module; });
  };
  for (const auto& raise : raises) {
    if (raise.from.substr(0, 3) != "v0." || raise.to.substr(0, 3) == "v0.") continue;
    for (const auto& package : graph.packages)
      if (!rises(package.module.path) &&
          std::any_of(package.imports.begin(), package.imports.end(),
                      [&](const std::string& path) { return is_within(path, raise.path); }))
        return &package;
  }
  return nullptr;
}

}  // namespace otel::plan
