// SPDX-License-Identifier: Apache-2.0
#include "preprocess/hook_packages.h"

#include <fmt/format.h>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "base/error.h"
#include "base/files.h"
#include "base/version.h"
#include "gotool/build_request.h"
#include "plan/module_files.h"

#include "published/hook_module.h"

namespace otel::preprocess {
namespace {

using base::Error;
using gocode::GoPackage;
using rules::Rule;

bool is_in_support_module(std::string_view import_path) {
  return import_path.substr(0, plan::kSupportModule.size() + 1) == fmt::format("{}/", plan::kSupportModule);
}

// The glue, a package of the support module, imports the hooks.
void check_importable(const Rule& rule, const GoPackage& hooks) {
  auto path = "/" + rule.hooks + "/";
  if (path.find("/internal/") != std::string::npos && !is_in_support_module(rule.hooks))
    throw Error(fmt::format("hooks are in the internal package {}", rule.hooks))
        .at(rule.place_of("hooks"))
        .hint("generated code must import them; move them out of internal");
  if (hooks.files[0].outline.package_name.text == "main")
    throw Error(fmt::format("hooks are in {}, which is package main", rule.hooks))
        .at(rule.place_of("hooks"))
        .hint("generated code must import them; move them to another package");
}

GoPackage read_embedded(const std::string& path) {
  GoPackage package;
  package.path = path;
  auto directory = "go-runtime/" + path.substr(plan::kSupportModule.size() + 1) + "/";
  for (const auto& file : base::embedded_files())
    if (file.path.substr(0, directory.size()) == directory &&
        file.path.find('/', directory.size()) == std::string_view::npos)
      package.files.emplace_back(std::string(file.path), std::string(file.text));
  return package;
}

// Why there is no package of hooks, and what to do.
[[noreturn]] void throw_not_found(const Rule& rule) {
  auto place = rule.place_of("hooks");
  bool vendored =
      !rule.module.empty() && place.file.find(fmt::format("/vendor/{}/", rule.module)) != std::string::npos;
  if (vendored)
    throw Error(
        fmt::format("its hooks in {} are not vendored; a package of {} that is imported must import them, in "
                    "a file with \"//go:build otel_hooks\"",
                    rule.hooks, rule.module))
        .at(place);
  throw Error(fmt::format("rule {}: hooks package {} not found", rule.name, rule.hooks))
      .at(place)
      .hint("\"hooks\" is an import path that the main module can import");
}

}  // namespace

GoPackage read_package(const gotool::Package& package, plan::InputReader& reader) {
  GoPackage read;
  read.path = package.import_path;
  for (const auto& name : package.files) {
    auto path = base::Path(package.directory) / name;
    auto source = package.source_of(name);
    bool editable = package.module.local || source != path;
    read.files.emplace_back(path.string(),
                            editable ? reader.read_file(source) : reader.files().read_file(source));
  }
  return read;
}

void check_api_level(const gotool::BuildGraph& graph, const base::FileSystem& files) {
  const auto& module = published::hook_module();
  const auto* package = graph.find(module);
  if (!package) return;
  for (const auto& name : package->files) {
    auto level = published::parse_api_level(
        files.read_file_if_present(base::Path(package->directory) / name).value_or(""));
    if (level > published::kApiLevel)
      throw Error(fmt::format("{} {} has API level {}, and this otel ({}) has level {}", module,
                              package->module.version, level, base::otel_version(), published::kApiLevel))
          .hint(fmt::format("install a newer release of otel, or run \"go get {}@{}\"", module,
                            published::hook_module_version()));
  }
}

gotool::BuildGraph HookPackages::list(const Rule& rule) const {
  auto listing_command =
      gotool::command_for(gotool::make_build_request(command_, toolchain_.env.goflags), {rule.hooks});
  return gotool::list_build_graph(toolchain_.run, toolchain_.env.go, toolchain_.directory, listing_command);
}

// Hooks of the user's are listed by go like any package of the build.
GoPackage HookPackages::read_listed(const Rule& rule) {
  auto read = [&](const gotool::Package& package) {
    modules_[rule.hooks] = package.module.path;
    return read_package(package, reader_);
  };
  if (const auto* package = graph_.find(rule.hooks)) {
    check_api_level(graph_, reader_.files());
    return read(*package);
  }
  auto listed = list(rule);
  check_api_level(listed, reader_.files());
  const auto* package = listed.find(rule.hooks);
  if (!package || package->files.empty()) return {rule.hooks, {}};
  return read(*package);
}

const GoPackage& HookPackages::of(const Rule& rule) {
  auto& cached = packages_[rule.hooks];
  if (!cached)
    cached = std::make_unique<GoPackage>(is_in_support_module(rule.hooks) ? read_embedded(rule.hooks)
                                                                          : read_listed(rule));
  if (cached->files.empty()) throw_not_found(rule);
  check_importable(rule, *cached);
  check_module(rule);
  return *cached;
}

// A path beneath that of a module may be another module's.
void HookPackages::check_module(const Rule& rule) const {
  auto module = modules_.find(rule.hooks);
  if (!rule.confined || module == modules_.end() || module->second == rule.module) return;
  throw Error(
      fmt::format("its hooks in {} are in module {}, which needs consent; see \"otel rules trust {}\"",
                  rule.hooks, module->second, rule.module))
      .at(rule.place_of("hooks"));
}

std::set<std::string> HookPackages::imports_of(const Rule& rule) {
  std::set<std::string> imported;
  if (!is_in_support_module(rule.hooks) && !graph_.find(rule.hooks)) {
    for (const auto& dependency : list(rule).packages) imported.insert(dependency.import_path);
    return imported;
  }
  std::vector<std::string> waiting;
  for (const auto& file : of(rule).files)
    for (const auto& import : file.outline.imports) waiting.push_back(import.path);
  while (!waiting.empty()) {
    auto path = std::move(waiting.back());
    waiting.pop_back();
    if (!imported.insert(path).second) continue;
    if (const auto* listed = graph_.find(path))
      waiting.insert(waiting.end(), listed->imports.begin(), listed->imports.end());
  }
  return imported;
}

bool HookPackages::depend_on(const Rule& rule, const std::string& import_path) {
  if (rule.hooks.empty() || !rule.is_for_packages()) return false;
  if (rule.hooks == import_path) return true;
  auto at = imports_.find(rule.hooks);
  if (at == imports_.end()) at = imports_.emplace(rule.hooks, imports_of(rule)).first;
  return at->second.count(import_path) > 0;
}

}  // namespace otel::preprocess
