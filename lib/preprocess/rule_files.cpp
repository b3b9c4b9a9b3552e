// SPDX-License-Identifier: Apache-2.0
#include "preprocess/rule_files.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>
#include <unordered_set>

#include "base/embedded.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/module_files.h"
#include "rules/rule_heads.h"
#include "rules/rule_set.h"
#include "rules/rule_text_check.h"

namespace otel::preprocess {
namespace {

using base::Path;
using rules::Origin;
using rules::RuleFile;

constexpr std::string_view kBuiltIn = "rulesets/";
constexpr std::string_view kOptional = "rulesets/optional/";  // only read for --enable

// The optional files named by --enable. An Error for an unknown name.
std::set<std::string> enabled_files(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const auto& file : base::embedded_files())
    if (file.path.starts_with(kOptional) && Path(file.path).extension() == ".yaml")
      known.push_back(Path(file.path).parent_path().filename().string());
  std::set<std::string> files;
  for (const auto& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw base::Error(fmt::format("--enable: unknown optional rules \"{}\"", name))
          .hint(fmt::format("use {}", base::join(known, ", ")))
          .status(base::kExitUsage);
    files.insert(fmt::format("{}{}/rules.yaml", kOptional, name));
  }
  return files;
}

RuleFile read_built_in_file(const std::string& path) {
  auto read = [&](const std::string& relative) -> std::optional<std::string> {
    auto text = base::find_embedded((Path(path).parent_path() / relative).string());
    return text ? std::optional<std::string>(*text) : std::nullopt;
  };
  return rules::parse_rule_file(path, base::find_embedded(path).value(), read);
}

// The heads alone; see read_bodies.
std::vector<RuleFile> built_in_files(const std::vector<std::string>& enabled) {
  auto enabled_paths = enabled_files(enabled);
  std::vector<RuleFile> files;
  for (const auto& file : base::embedded_files()) {
    if (file.path.substr(0, kBuiltIn.size()) != kBuiltIn || Path(file.path).extension() != ".yaml") continue;
    if (file.path.starts_with(kOptional) && !enabled_paths.count(std::string(file.path))) continue;
    files.push_back(rules::scan_rule_heads(std::string(file.path), file.text));
    files.back().origin = Origin::BuiltIn;
    for (auto& rule : files.back().rules) rule.origin = Origin::BuiltIn;
  }
  return files;
}

constexpr std::array<const char*, 6> kRepositories = {".git", ".hg", ".svn", ".bzr", ".jj", ".fslckout"};

// What makes a directory a repository, if one does.
std::optional<Path> find_repository(const Path& directory, plan::InputReader& reader) {
  std::optional<Path> found;
  for (const auto* name : kRepositories)
    if (reader.find_presence(directory / name) && !found) found = directory / name;
  return found;
}

// The directory of a module, derived from a package in it: import path and directory have the same suffix.
std::optional<Path> module_directory(const gotool::Package& package) {
  auto directory = package.directory;
  auto below = package.import_path.substr(std::min(package.module.path.size(), package.import_path.size()));
  if (directory.size() < below.size() || directory.substr(directory.size() - below.size()) != below)
    return std::nullopt;
  return Path(directory.substr(0, directory.size() - below.size()));
}

bool is_workspace(const gotool::GoEnvironment& go) {
  return !go.work_file.empty() && go.work_file != "off";
}

bool is_module(const gotool::GoEnvironment& go) {
  return !go.module_file.empty() && go.module_file != "/dev/null";
}

Path project_root(const gotool::Toolchain& toolchain) {
  const auto& env = toolchain.env;
  return is_module(env) ? Path(env.module_file).parent_path() : toolchain.directory;
}

// The rule files of one directory of the project.
std::vector<Path> list_project_files(const Path& directory, plan::InputReader& reader) {
  std::vector<Path> files;
  reader.note_whole(directory / kProjectFile);
  if (reader.files().find_any(directory / kProjectFile)) files.push_back(directory / kProjectFile);
  for (auto& file : reader.list_rule_files(directory / kProjectDirectory)) files.push_back(std::move(file));
  return files;
}

std::vector<Path> project_files(const gotool::Toolchain& toolchain, const Ownership& ownership,
                                plan::InputReader& reader) {
  const auto& env = toolchain.env;
  auto work_directory = is_workspace(env) ? Path(env.work_file).parent_path() : Path();
  std::vector<Path> files;
  for (const auto& directory :
       find_project_directories(project_root(toolchain), work_directory, ownership, reader))
    for (auto& file : list_project_files(directory, reader)) files.push_back(std::move(file));
  return files;
}

// A rule file and what its rules add. Nothing is read of a path that `allow` refuses with an Error.
RuleFile read_file_with(const Path& path, Origin origin, const std::function<void(const Path&)>& allow,
                        plan::InputReader& reader) {
  std::vector<std::pair<std::string, std::string>> read_files;
  auto read = [&](const std::string& relative) -> std::optional<std::string> {
    auto file = path.parent_path() / relative;
    if (reader.files().find_any(file)) allow(file);
    auto bytes = reader.read_file_if_present(file);
    if (bytes) read_files.emplace_back(relative, *bytes);
    return bytes;
  };
  allow(path);
  auto text = reader.read_file(path);
  read_files.emplace_back(path.filename().string(), text);
  auto file = rules::parse_rule_file(path.string(), text, read);
  file.origin = origin;
  file.digest = rules::rules_digest(read_files);
  return file;
}

void check_texts(const rules::Rule& rule) {
  if (auto mistake = rules::find_text_mistake(rule))
    throw base::Error(fmt::format("rule {} contains what is not allowed: {}", rule.name, mistake->what))
        .at(rule.place_of(mistake->key))
        .hint("a rule can't pass directives to go's tools");
}

// A dependency's rule file. Whatever is wrong is an Error.
RuleFile read_module_file(const Path& path, const std::string& module, plan::InputReader& reader) {
  const auto& files = reader.files();
  auto root = files.find_real_path(path.parent_path()).value_or(path.parent_path()).string();
  auto allow = [&](const Path& file) {
    auto real = files.find_real_path(file);
    if (!real || !base::is_within(real->string(), root))
      throw base::Error(fmt::format("{} of module {} is outside the module's root", file.string(), module));
  };
  auto file = read_file_with(path, Origin::Dependency, allow, reader);
  for (auto& rule : file.rules) {
    rule.origin = Origin::Dependency;
    rule.module = module;
    check_texts(rule);
  }
  return file;
}

// "a, b and 3 more"
std::string names_text(std::vector<std::string> names) {
  constexpr std::size_t kShown = 3;
  auto more = names.size() > kShown ? names.size() - kShown : 0;
  names.resize(names.size() - more);
  return base::join(names, ", ") + (more ? fmt::format(" and {} more", more) : "");
}

// Deactivates rules that a module may not have without consent, and makes one warning of them.
void confine(RuleFile& file, const RuleModule& module, std::vector<std::string>& warnings) {
  std::vector<std::string> refused;
  for (auto& rule : file.rules) {
    rule.confined = true;
    auto reason = rules::needs_consent(rule);
    if (!reason) continue;
    rule.inactive_reason =
        fmt::format("{}, which needs consent; see \"otel rules trust {}\"", *reason, module.path);
    refused.push_back(fmt::format("{} ({})", rule.name, *reason));
  }
  if (refused.empty()) return;
  warnings.push_back(fmt::format(
      "rules of module {} are not woven because they {}: {}; see \"otel rules trust {}\"", module.path,
      module.trust == rules::Trust::Changed ? "have changed since consent was given" : "need consent",
      names_text(std::move(refused)), module.path));
}

// The modules that may have rules, by path: those of the build, and those that the project trusts by name,
// which need not be imported by anything.
std::map<std::string, RuleModule> find_modules(const gotool::Toolchain& toolchain,
                                               const gotool::BuildGraph& graph,
                                               const std::vector<rules::TrustEntry>& trust,
                                               const std::vector<std::string>& trusted) {
  std::map<std::string, RuleModule> modules;
  for (const auto& package : graph.packages) {
    const auto& module = package.module;
    if (module.path.empty() || module.path == plan::kSupportModule || modules.count(module.path)) continue;
    if (auto directory = module_directory(package))
      modules[module.path] = {module.path, module.version, *directory, module.local};
  }
  std::vector<std::string> named = trusted;
  for (const auto& entry : trust)
    if (!notation::is_package_pattern(entry.module)) named.push_back(entry.module);
  for (const auto& path : named) {
    if (modules.count(path)) continue;
    // Not in this build's list of modules is no mistake: the entry may be for another one.
    auto result = toolchain.run({{toolchain.env.go, "list", "-m", "-f", "{{.Version}}\t{{.Dir}}", "--", path},
                                 {},
                                 toolchain.directory});
    auto fields = base::split(base::trim(result.output), '\t');
    if (result.status == 0 && fields.size() == 2 && !fields[1].empty())
      modules[path] = {path, std::string(fields[0]), Path(fields[1]), true};
  }
  return modules;
}

}  // namespace

Path project_file(const gotool::Toolchain& toolchain) {
  const auto& env = toolchain.env;
  if (is_module(env) || !is_workspace(env)) return project_root(toolchain) / kProjectFile;
  return Path(env.work_file).parent_path() / kProjectFile;
}

std::vector<Path> find_project_directories(const Path& module_root, const Path& work_directory,
                                           const Ownership& ownership, plan::InputReader& reader) {
  std::vector<Path> directories;
  std::optional<Path> repository;
  for (auto directory = module_root;; directory = directory.parent_path()) {
    directories.insert(directories.begin(), directory);
    repository = find_repository(directory, reader);
    if (repository || !directory.has_relative_path()) break;
  }
  if (repository && ownership.is_own(*repository)) return directories;
  auto outermost = std::find(directories.begin(), directories.end(), work_directory);
  std::vector<Path> inner = {module_root};
  if (!work_directory.empty() && outermost != directories.end()) inner.assign(outermost, directories.end());
  if (!repository) return inner;
  for (std::size_t i = 0; i + inner.size() < directories.size(); ++i)
    if (!list_project_files(directories[i], reader).empty()) ownership.check(*repository);
  return inner;
}

std::vector<Path> find_rule_files(const std::vector<std::string>& named, plan::InputReader& reader) {
  std::vector<Path> files;
  for (const auto& name : named) {
    auto path = base::find_absolute(name).lexically_normal();
    if (!reader.files().find_any(path))
      throw base::Error(fmt::format("rule file {} not found", name))
          .hint("--rules takes a file or a directory")
          .status(base::kExitUsage);
    if (!reader.files().find_directory(path))
      files.push_back(path);
    else
      for (auto& file : reader.list_rule_files(path)) files.push_back(std::move(file));
  }
  return files;
}

RuleFile read_rule_file(const Path& path, Origin origin, const Ownership& ownership,
                        plan::InputReader& reader) {
  auto file = read_file_with(
      path, origin, [&](const Path& read) { ownership.check(read); }, reader);
  for (auto& rule : file.rules) {
    rule.origin = origin;
    check_texts(rule);
  }
  return file;
}

RuleSources read_rule_sources(const gotool::Toolchain& toolchain, const cli::Options& options,
                              plan::InputReader& reader) {
  RuleSources sources;
  sources.built_in = built_in_files(options.enable);
  auto ownership = Ownership::of_process(options.safe);
  std::set<Path> read;
  for (const auto& path : project_files(toolchain, ownership, reader)) {
    read.insert(path);
    sources.project.push_back(read_rule_file(path, Origin::Project, ownership, reader));
  }
  // A file that is named twice, or is the project's too, counts once.
  for (const auto& path : find_rule_files(options.rules, reader))
    if (read.insert(path).second)
      sources.named.push_back(read_rule_file(path, Origin::Named, ownership, reader));
  return sources;
}

void read_bodies(std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph) {
  std::unordered_set<std::string_view> packages;
  for (const auto& package : graph.packages) packages.insert(package.import_path);
  std::map<std::string, RuleFile> files;
  for (auto& rule : rules) {
    if (rule.body || (!rule.is_for_packages() && !packages.count(rule.package))) continue;
    auto [file, is_new] = files.try_emplace(rule.place.file);
    if (is_new) file->second = read_built_in_file(rule.place.file);
    auto found = std::find_if(file->second.rules.begin(), file->second.rules.end(),
                              [&](const rules::Rule& read) { return read.name == rule.name; });
    if (found == file->second.rules.end())
      throw base::InternalError(fmt::format("no rule {} in {}", rule.name, rule.place.file));
    auto inactive_reason = std::move(rule.inactive_reason);
    rule = std::move(*found);
    rule.origin = Origin::BuiltIn;
    rule.inactive_reason = std::move(inactive_reason);
  }
}

MergedRules merge_rule_sources(const gotool::Toolchain& toolchain, const cli::Options& options,
                               RuleSources sources, const gotool::BuildGraph& graph,
                               plan::InputReader& reader, const std::vector<std::string>& trusted) {
  auto disabled = options.disable;
  std::vector<rules::TrustEntry> trust;
  std::set<std::string> read;
  for (const auto* files : {&sources.project, &sources.named}) {
    for (auto& name : rules::disabled_names(*files)) disabled.push_back(std::move(name));
    for (const auto& file : *files) {
      trust.insert(trust.end(), file.trust.begin(), file.trust.end());
      read.insert(file.name);
    }
  }
  auto holds = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };

  MergedRules merged;
  auto files = std::move(sources.built_in);
  for (auto& [path, module] : find_modules(toolchain, graph, trust, trusted)) {
    if (holds(disabled, path)) continue;
    auto rule_file = module.directory / kProjectFile;
    if (module.local) reader.note_whole(rule_file);
    if (read.count(rule_file.string()) || !reader.files().find_any(rule_file)) continue;
    try {
      auto file = read_module_file(rule_file, path, reader);
      module.digest = file.digest;
      module.trust = holds(trusted, path) ? rules::Trust::Given
                                          : rules::find_trust(trust, path, module.version, file.digest);
      if (module.trust != rules::Trust::Given) confine(file, module, merged.warnings);
      files.push_back(std::move(file));
      merged.modules.push_back(module);
    } catch (const base::Error& error) {
      auto text = error.place()
                      ? fmt::format("{}:{}: {}", error.place()->file, error.place()->line, error.message())
                      : error.message();
      merged.warnings.push_back(fmt::format("the rules of module {} are skipped: {}", path, text));
    }
  }
  for (auto* more : {&sources.project, &sources.named})
    for (auto& file : *more) files.push_back(std::move(file));
  merged.rules = rules::merge_rule_files(std::move(files));
  return merged;
}

}  // namespace otel::preprocess
