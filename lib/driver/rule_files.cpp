// SPDX-License-Identifier: Apache-2.0
#include "driver/rule_files.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/embedded.h"
#include "base/error.h"
#include "plan/module_files.h"
#include "rules/rule_set.h"

namespace otel::driver {
namespace {

using base::Path;
using rules::Origin;
using rules::RuleFile;

constexpr std::string_view kBuiltIn = "rulesets/";

bool is_rule_file(const Path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

std::vector<RuleFile> built_in_files() {
  auto read = [](const std::string& relative) -> std::optional<std::string> {
    auto text = base::find_embedded(std::string(kBuiltIn) + relative);
    return text ? std::optional<std::string>(*text) : std::nullopt;
  };
  std::vector<RuleFile> files;
  for (const auto& file : base::embedded_files()) {
    if (file.path.substr(0, kBuiltIn.size()) != kBuiltIn || Path(file.path).extension() != ".yaml") continue;
    files.push_back(rules::parse_rule_file(std::string(file.path), file.text, read));
    files.back().origin = Origin::BuiltIn;
    for (auto& rule : files.back().rules) rule.origin = Origin::BuiltIn;
  }
  return files;
}

std::vector<Path> list_rule_files(const Path& folder) {
  std::vector<Path> files;
  for (const auto& entry : base::list_folder(folder))
    if (entry.back() != '/' && is_rule_file(entry)) files.push_back(folder / entry);
  return files;
}

bool is_repository(const Path& folder) {
  static const std::vector<const char*> kNames = {".git", ".hg", ".svn", ".bzr", ".jj", ".fslckout"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](const char* name) { return std::filesystem::exists(folder / name); });
}

// The folder of a module, told by a package in it: its import path and its folder end alike.
std::optional<Path> module_folder(const gotool::Package& package) {
  auto folder = package.folder;
  auto below = package.import_path.substr(std::min(package.module.path.size(), package.import_path.size()));
  if (folder.size() < below.size() || folder.substr(folder.size() - below.size()) != below)
    return std::nullopt;
  return Path(folder.substr(0, folder.size() - below.size()));
}

std::vector<Path> project_files(const Site& site, plan::Inputs& inputs) {
  const auto& go = site.go;
  bool workspace = !go.work_file.empty() && go.work_file != "off";
  bool module = !go.module_file.empty() && go.module_file != "/dev/null";
  auto root = module ? Path(go.module_file).parent_path() : site.folder;
  std::vector<Path> files;
  for (const auto& folder : project_folders(root, workspace ? Path(go.work_file).parent_path() : Path())) {
    inputs.read_whole(folder / kProjectFile);
    if (std::filesystem::exists(folder / kProjectFile)) files.push_back(folder / kProjectFile);
    inputs.read_rule_folder(folder / kProjectFolder);
    for (auto& file : list_rule_files(folder / kProjectFolder)) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

std::vector<Path> project_folders(const Path& module_root, const Path& work_folder) {
  std::vector<Path> folders;
  bool found = false;
  for (auto folder = module_root;; folder = folder.parent_path()) {
    folders.insert(folders.begin(), folder);
    found = is_repository(folder);
    if (found || !folder.has_relative_path()) break;
  }
  if (found) return folders;
  auto outermost = std::find(folders.begin(), folders.end(), work_folder);
  if (work_folder.empty() || outermost == folders.end()) return {module_root};
  return {outermost, folders.end()};
}

std::vector<Path> find_rule_files(const std::vector<std::string>& named) {
  std::vector<Path> files;
  for (const auto& name : named) {
    auto path = std::filesystem::absolute(name).lexically_normal();
    if (!std::filesystem::exists(path))
      throw base::Error(fmt::format("no rule file {}", name))
          .hint("--rules names a file or a folder")
          .status(base::kExitUsage);
    if (!std::filesystem::is_directory(path))
      files.push_back(path);
    else
      for (auto& file : list_rule_files(path)) files.push_back(std::move(file));
  }
  return files;
}

RuleFile read_rule_file(const Path& path, Origin origin, plan::Inputs& inputs) {
  auto read = [&](const std::string& relative) {
    auto file = path.parent_path() / relative;
    inputs.read_whole(file);
    return base::read_file_if_present(file);
  };
  inputs.read_whole(path);
  auto file = rules::parse_rule_file(path.string(), base::read_file(path), read);
  file.origin = origin;
  for (auto& rule : file.rules) rule.origin = origin;
  return file;
}

RuleSources read_rule_sources(const Site& site, plan::Inputs& inputs) {
  RuleSources sources;
  sources.built_in = built_in_files();
  std::set<Path> read;
  for (const auto& path : project_files(site, inputs)) {
    read.insert(path);
    sources.project.push_back(read_rule_file(path, Origin::Project, inputs));
  }
  for (const auto& name : site.options.rules)
    if (std::filesystem::is_directory(name)) inputs.read_rule_folder(std::filesystem::absolute(name));
  // A file that is named twice, or is the project's too, counts once.
  for (const auto& path : find_rule_files(site.options.rules))
    if (read.insert(path).second) sources.named.push_back(read_rule_file(path, Origin::Named, inputs));
  return sources;
}

std::vector<rules::Rule> merge_rule_sources(const Site& site, const RuleSources& sources,
                                            const gotool::BuildGraph& graph, plan::Inputs& inputs) {
  auto disabled = site.options.disable;
  for (const auto* files : {&sources.project, &sources.named})
    for (auto& name : rules::disabled_names(*files)) disabled.push_back(std::move(name));
  std::set<std::string> read;
  for (const auto* files : {&sources.project, &sources.named})
    for (const auto& file : *files) read.insert(file.name);

  std::map<std::string, const gotool::Package*> modules;
  for (const auto& package : graph.packages)
    if (!package.module.path.empty() && package.module.path != plan::kRuntimeModule)
      modules.emplace(package.module.path, &package);
  auto files = sources.built_in;
  for (const auto& [module, package] : modules) {
    auto folder = module_folder(*package);
    if (!folder || std::find(disabled.begin(), disabled.end(), module) != disabled.end()) continue;
    auto path = *folder / kProjectFile;
    if (package->module.local) inputs.read_whole(path);
    if (read.count(path.string()) || !std::filesystem::exists(path)) continue;
    files.push_back(read_rule_file(path, Origin::Dependency, inputs));
    for (auto& rule : files.back().rules) rule.module = module;
  }
  files.insert(files.end(), sources.project.begin(), sources.project.end());
  files.insert(files.end(), sources.named.begin(), sources.named.end());
  return rules::merge_rule_files(files);
}

}  // namespace otel::driver
