// SPDX-License-Identifier: Apache-2.0
#include "plan/hook_imports.h"

#include <fmt/format.h>
#include <map>
#include <optional>
#include <utility>

#include "gocode/go_package.h"
#include "gocode/support_module.h"

namespace otel::plan {
namespace {

bool has_prefix(std::string_view path, std::string_view prefix) {
  return path.substr(0, prefix.size()) == prefix;
}

// Whose hooks import what they hook. Nothing else in the support module imports a library.
const std::string kHooks = fmt::format("{}/instrumentation/", gocode::kSupportModule);

// A first element without a dot is the standard library's, or the support module's.
bool is_library(std::string_view path) {
  return path.substr(0, path.find('/')).find('.') != std::string_view::npos &&
         !has_prefix(path, fmt::format("{}/", gocode::kSupportModule)) &&
         !has_prefix(path, "go.opentelemetry.io/otel");
}

// The first library of the hooks that a build doesn't have.
std::optional<std::string> find_missing(const std::set<std::string>& libraries,
                                        const gotool::BuildGraph& graph) {
  for (const auto& path : libraries)
    if (!graph.find(path)) return path;
  return std::nullopt;
}

}  // namespace

std::set<std::string> libraries_of(const std::string& hooks, const std::vector<base::EmbeddedFile>& files) {
  std::set<std::string> libraries, seen;
  std::vector<std::string> waiting = {hooks};
  while (!waiting.empty()) {
    auto path = std::move(waiting.back());
    waiting.pop_back();
    if (!has_prefix(path, kHooks) || !seen.insert(path).second) continue;
    auto directory = fmt::format("go-runtime/{}/", path.substr(gocode::kSupportModule.size() + 1));
    for (const auto& file : files) {
      if (!has_prefix(file.path, directory) ||
          file.path.find('/', directory.size()) != std::string_view::npos)
        continue;
      gocode::GoFile read{std::string(file.path), std::string(file.text)};
      for (const auto& import : read.outline.imports) {
        if (is_library(import.path)) libraries.insert(import.path);
        waiting.push_back(import.path);
      }
    }
  }
  return libraries;
}

void skip_unlinkable(const gotool::BuildGraph& graph, Selection& selection,
                     const std::vector<base::EmbeddedFile>& files) {
  std::map<std::string, std::optional<std::string>> missing;  // by import path of hooks
  std::set<const rules::Rule*> skipped;
  std::erase_if(selection.selected, [&](const SelectedRule& entry) {
    const auto& hooks = entry.rule->hooks;
    auto at = missing.find(hooks);
    if (at == missing.end())
      at = missing.emplace(hooks, find_missing(libraries_of(hooks, files), graph)).first;
    if (!at->second) return false;
    if (skipped.insert(entry.rule).second)
      selection.skipped.push_back(
          {entry.rule, fmt::format("its hooks import {}, which is not in the build", *at->second)});
    return true;
  });
}

}  // namespace otel::plan
