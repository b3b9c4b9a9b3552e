// SPDX-License-Identifier: Apache-2.0
#include "plan/module_files.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gotool/module_lines.h"
#include "gotool/module_version.h"

#include "published/hook_module.h"

namespace otel::plan {
namespace {

struct OtelRelease {
  std::string_view go;
  std::string_view version;
};

// The last release for each go line, as its own go.mod has that; newest first.
constexpr std::array<OtelRelease, 8> kReleases = {{{"1.26.0", "v1.47.0"},
                                                   {"1.25.0", "v1.46.0"},
                                                   {"1.24.0", "v1.41.0"},
                                                   {"1.23.0", "v1.38.0"},
                                                   {"1.22.0", "v1.35.0"},
                                                   {"1.22", "v1.32.0"},
                                                   {"1.21", "v1.29.0"},
                                                   {"1.20", "v1.24.0"}}};

// The oldest SDK that compiles with an API from this release on, up to the next: 1.25 has added AddLink to
// Span, 1.27 and 1.28 gauges to Meter, 1.40 Enabled to the instruments; those of the SDK have had it since
// 1.33.
struct SdkFloor {
  std::string_view api, sdk;
};
constexpr std::array<SdkFloor, 5> kSdkFloors = {{{"v1.40.0", "v1.33.0"},
                                                 {"v1.28.0", "v1.28.0"},
                                                 {"v1.27.0", "v1.27.0"},
                                                 {"v1.25.0", "v1.25.0"},
                                                 {"v1.24.0", "v1.24.0"}}};

constexpr std::string_view kOtel = "go.opentelemetry.io/otel";

// The version of the module that hooks import. A directory stands for each of them, so none must rise.
std::string hook_version(const gotool::ModuleFile& user) {
  auto own = user.required_version(published::hook_module());
  return own.empty() ? published::hook_module_version() : own;
}

bool compiles_with(const std::string& sdk, const std::string& api) {
  for (const auto& floor : kSdkFloors)
    if (gotool::compare_versions(api, floor.api) >= 0) return gotool::compare_versions(sdk, floor.sdk) >= 0;
  return false;
}

}  // namespace

std::string otel_release_for(const std::string& go_line) {
  for (const auto& release : kReleases)
    if (gotool::compare_go_lines(go_line, release.go) >= 0) return std::string(release.version);
  return "";
}

OtelVersion choose_otel_version(const gotool::ModuleFile& user) {
  auto own = user.required_version(kOtel);
  if (!own.empty() && gotool::compare_versions(own, kOldestOtel) >= 0) return {own, ""};
  return {otel_release_for(user.go), own};
}

std::string choose_sdk_version(const gotool::ModuleFile& user) {
  auto otel = choose_otel_version(user);
  if (!otel.raised_from.empty()) return otel.version;
  for (std::string_view module : {"/sdk", "/sdk/metric"}) {
    auto own = user.required_version(fmt::format("{}{}", kOtel, module));
    if (!own.empty() && compiles_with(own, otel.version) && gotool::compare_versions(own, otel.version) <= 0)
      return own;
  }
  return otel.version;
}

std::string sdk_directory(const gotool::ModuleFile& user) {
  return fmt::format("{}/sdk@{}", kOtel, choose_sdk_version(user));
}

std::string render_support_module(const gotool::ModuleFile& user) {
  return fmt::format(
      "module {0}\n\ngo {1}\n\nrequire (\n\t{2} {3}\n\t{2}/metric {3}\n\t{2}/sdk {4}\n\t{2}/sdk/metric "
      "{4}\n\t{2}/trace "
      "{3}\n\t{5} {6}\n)\n",
      kSupportModule, user.go, kOtel, choose_otel_version(user).version, choose_sdk_version(user),
      published::hook_module(), hook_version(user));
}

std::string own_support_directory(const gotool::ModuleFile& user) {
  for (const auto& replacement : user.directories)
    if (replacement.path == kSupportModule) return replacement.directory;
  return "";
}

std::string add_support_module(const std::string& user_text, const std::string& directory) {
  return fmt::format("{0}\n\nrequire {1} v0.0.0\n\nreplace {1} => {2}\n", user_text, kSupportModule,
                     gotool::quote_module_token(directory));
}

std::string replace_hook_module(const std::string& text, const std::string& directory) {
  const auto& module = published::hook_module();
  auto others = gotool::without_directives(text, [&](const auto& tokens) {
    return tokens[0] == "replace" && tokens.size() > 1 && tokens[1] == module;
  });
  return fmt::format("{}\nreplace {} => {}\n", others, module, gotool::quote_module_token(directory));
}

std::string require_hook_module(const std::string& text, const gotool::ModuleFile& user) {
  const auto& module = published::hook_module();
  if (!user.required_version(module).empty()) return text;
  return fmt::format("{}\nrequire {} {}\n", text, module, published::hook_module_version());
}

bool is_otel_module(std::string_view path) {
  return path.substr(0, kOtel.size()) == kOtel && (path.size() == kOtel.size() || path[kOtel.size()] == '/');
}

bool supplies_all(const std::vector<std::string>& missing) {
  auto is_support = [](const std::string& path) {
    return path == kSupportModule || path.starts_with(fmt::format("{}/", kSupportModule)) ||
           published::is_in_hook_module(path);
  };
  return missing.empty() || (std::any_of(missing.begin(), missing.end(), is_support) &&
                             std::all_of(missing.begin(), missing.end(), [&](const std::string& path) {
                               return is_support(path) || is_otel_module(path);
                             }));
}

std::vector<Raise> expected_raises(const gotool::ModuleFile& program) {
  auto otel = choose_otel_version(program);
  if (otel.raised_from.empty()) return {};
  return find_raises(program, gotool::parse_module_file(render_support_module(program)));
}

std::vector<Raise> find_raises(const gotool::ModuleFile& before, const gotool::ModuleFile& after) {
  std::vector<Raise> raises;
  for (const auto& requirement : before.requirements) {
    auto now = after.required_version(requirement.path);
    if (!now.empty() && gotool::compare_versions(now, requirement.version) > 0)
      raises.push_back({requirement.path, requirement.version, now});
  }
  return raises;
}

gotool::ModuleFile with_linked_versions(gotool::ModuleFile file, const gotool::BuildGraph& graph) {
  for (const auto& package : graph.packages) {
    const auto& module = package.module;
    if (module.version.empty()) continue;
    auto known = std::find_if(file.requirements.begin(), file.requirements.end(),
                              [&](const auto& requirement) { return requirement.path == module.path; });
    if (known == file.requirements.end())
      file.requirements.push_back({module.path, module.version});
    else
      known->version = module.version;
  }
  return file;
}

std::string render_excludes(const std::vector<gotool::Requirement>& versions) {
  std::string text;
  for (const auto& [path, version] : versions) text += fmt::format("\nexclude {} {}\n", path, version);
  return text;
}

}  // namespace otel::plan
