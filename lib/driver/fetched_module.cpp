// SPDX-License-Identifier: Apache-2.0
#include "driver/fetched_module.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "gotool/module_lines.h"
#include "toolexec/fetched_positions.h"

namespace otel::driver {
namespace {

using base::Path;
using gotool::GoCommand;

struct Module {
  std::string path;
  std::string version;
  std::string sum;
  std::string directory;
};

// A package of the command, without its version.
struct NamedPackage {
  std::string path;
  std::string version;
};

// All of one version, and none a pattern; else nothing.
std::vector<NamedPackage> named_packages(const GoCommand& command) {
  std::vector<NamedPackage> packages;
  for (const auto& argument : command.arguments) {
    auto at = argument.find('@');
    if (at == std::string::npos || argument.find("...") != std::string::npos) return {};
    packages.push_back({argument.substr(0, at), argument.substr(at + 1)});
    if (packages.back().version != packages.front().version) return {};
  }
  return packages;
}

// Paths in them would be relative to another directory, or they choose another main module.
bool has_flags_of_its_own(const gotool::BuildRequest& request) {
  const auto& settings = request.settings;
  bool profile = settings.pgo && *settings.pgo != "auto" && *settings.pgo != "off";
  return request.command.has("C") || settings.modfile || settings.overlay || profile ||
         settings.mod == "vendor";
}

std::optional<Module> download(const gotool::Toolchain& toolchain, const Path& cache, const std::string& path,
                               const std::string& version) {
  base::Command download{{toolchain.env.go, "mod", "download", "-json", path + "@" + version}, {}, cache};
  download.environment = {{"GOWORK", "off"}, {"PWD", cache.string()}};
  auto result = toolchain.run(download);
  if (result.status != 0) return std::nullopt;
  auto read = base::parse_json(result.output, "", "go mod download -json");
  auto text = [&](const char* key) {
    const auto* value = read.is_object() ? read.get_object().if_contains(key) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  Module module{text("Path"), text("Version"), text("Sum"), text("Dir")};
  if (module.directory.empty() || module.sum.empty()) return std::nullopt;
  return module;
}

// As go searches: the longest path that is a module and has the package.
std::optional<Module> find_module(const gotool::Toolchain& toolchain, const Path& cache,
                                  const NamedPackage& package) {
  for (auto path = package.path;;) {
    auto module = download(toolchain, cache, path, package.version);
    if (module && base::find_directory(module->directory + package.path.substr(path.size()))) return module;
    auto slash = path.rfind('/');
    if (slash == std::string::npos) return std::nullopt;
    path.resize(slash);
  }
}

// Outside its module go refuses replacements and exclusions, and takes no GODEBUG defaults from it.
bool means_the_same_as_main_module(const Path& module_file) {
  auto text = base::read_file_if_present(module_file);
  if (!text) return false;
  for (auto line : base::split_lines(*text)) {
    auto arguments = gotool::module_line_tokens(line);
    if (arguments.empty()) continue;
    if (arguments[0] == "replace" || arguments[0] == "exclude" || arguments[0] == "godebug") return false;
  }
  return true;
}

// Whichever process makes it, it is the same.
Path link_to(const Module& module, const Path& cache) {
  auto link = cache / toolexec::kFetchedLinks / base::short_digest(module.directory);
  base::write_file(link.string() + std::string(toolexec::kFetchedVersion),
                   fmt::format("{}\t{}\t{}", module.path, module.version, module.sum));
  base::write_link(module.directory, link);
  base::mark_used(link);
  return link;
}

}  // namespace

std::optional<FetchedInstall> fetch_install(const gotool::Toolchain& toolchain, const Path& cache,
                                            const gotool::BuildRequest& request) {
  const auto& command = request.command;
  auto packages = named_packages(command);
  if (command.subcommand != "install" || packages.empty() || has_flags_of_its_own(request))
    return std::nullopt;
  base::write_directory(cache);
  auto module = find_module(toolchain, cache, packages.front());
  if (!module || !means_the_same_as_main_module(Path(module->directory) / "go.mod")) return std::nullopt;

  auto inner = command;
  inner.arguments.clear();
  for (const auto& package : packages) {
    if (package.path != module->path && !package.path.starts_with(module->path + "/")) return std::nullopt;
    inner.arguments.push_back("." + package.path.substr(module->path.size()));
  }
  inner.flags.push_back({"mod", "readonly"});
  inner.flags.push_back({"buildvcs", "false"});  // a repository around otel's cache isn't the module's

  auto link = link_to(*module, cache);
  std::map<std::string, std::string> environment = {{"PWD", link.string()}, {"GOWORK", "off"}};
  auto entered = gotool::read_toolchain(toolchain.env.go, link, environment);
  auto inside = gotool::make_build_request(std::move(inner), entered.env.goflags);
  return FetchedInstall{std::move(entered), std::move(inside)};
}

}  // namespace otel::driver
