// SPDX-License-Identifier: Apache-2.0
#include "plan/selection.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "plan/module_files.h"

namespace otel::plan {
namespace {

void check_disabled(const std::vector<rules::Rule>& rules, const std::vector<std::string>& disabled) {
  std::set<std::string> names;
  for (const auto& rule : rules) names.insert({rule.name, rule.library});
  for (const auto& name : disabled)
    if (!names.count(name))
      throw base::Error(fmt::format("no rule or library is called \"{}\"", name))
          .hint(base::near_hint(name, {names.begin(), names.end()}))
          .status(base::kExitUsage);
}

LeftRule leave(const rules::Rule& rule, bool telling, std::string reason) {
  return {&rule, std::move(reason), telling};
}

}  // namespace

bool Selection::empty() const {
  if (uses_runtime) return selected.empty();
  return std::all_of(selected.begin(), selected.end(), [](const SelectedRule& s) { return s.rule->support; });
}

Selection select_rules(const std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph,
                       const std::string& go_version, const std::vector<std::string>& disabled) {
  check_disabled(rules, disabled);
  std::map<std::string, const gotool::Package*> packages;
  for (const auto& package : graph.packages) packages[package.import_path] = &package;
  auto is_disabled = [&](const std::string& name) {
    return std::find(disabled.begin(), disabled.end(), name) != disabled.end();
  };

  Selection selection;
  selection.uses_runtime = std::any_of(graph.packages.begin(), graph.packages.end(), [](const auto& package) {
    return package.module.path == kRuntimeModule;
  });
  for (const auto& rule : rules) {
    auto found = packages.find(rule.package);
    if (is_disabled(rule.name) || is_disabled(rule.library)) {
      selection.left.push_back(leave(rule, false, "disabled"));
    } else if (found == packages.end()) {
      selection.left.push_back(leave(rule, false, fmt::format("{} is not in this build", rule.package)));
    } else if (rule.go && !rule.go->contains(go_version)) {
      selection.left.push_back(
          leave(rule, false, fmt::format("it is for Go {}, this is {}", rule.go->text(), go_version)));
    } else if (const auto& module = found->second->module;
               rule.version && !rule.version->contains(module.version)) {
      selection.left.push_back(leave(rule, true,
                                     fmt::format("it is for {} {}, this build uses {}", module.path,
                                                 rule.version->text(), module.version)));
    } else {
      selection.selected.push_back({&rule, found->second});
    }
  }
  return selection;
}

}  // namespace otel::plan
