// SPDX-License-Identifier: Apache-2.0
#include "plan/selection.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "plan/module_files.h"
#include "rules/rule_set.h"

#include "published/hook_module.h"

namespace otel::plan {
namespace {

void check_disabled(const std::vector<rules::Rule>& rules, const std::vector<std::string>& disabled) {
  if (disabled.empty()) return;
  std::set<std::string> names;
  for (const auto& rule : rules) names.insert({rule.name, rule.library});
  // A module's rules may be in another build.
  for (const auto& name : disabled)
    if (!names.count(name) && !rules::is_module_path(name))
      throw base::Error(fmt::format("unknown rule or library \"{}\"", name))
          .hint(base::near_hint(name, {names.begin(), names.end()}))
          .status(base::kExitUsage);
}

SkippedRule skip(const rules::Rule& rule, bool is_warning, std::string reason) {
  return {&rule, std::move(reason), is_warning};
}

// What otel adds to a build is not woven by rules for other packages.
bool is_added_by_otel(const gotool::Package& package) {
  return package.module.path == kSupportModule || published::is_in_hook_module(package.import_path);
}

// A pattern never matches what otel adds, and the standard library only with a literal first element.
bool is_meant(const rules::Rule& rule, const gotool::Package& package) {
  return notation::matches_package(rule.package, package.import_path) && !is_added_by_otel(package) &&
         (!package.standard || notation::names_first_element(rule.package));
}

// A rule without a package applies to packages whose files are local, except its own hooks.
bool is_own(const rules::Rule& rule, const gotool::Package& package) {
  return package.module.local && !is_added_by_otel(package) && package.import_path != rule.hooks;
}

// A rule of which only the head is read is for a package.
bool is_for_program(const rules::Rule& rule) {
  return rule.body && rule.kind().for_program;
}

// The package that stands for the program: one that the command names.
const gotool::Package* find_program(const gotool::BuildGraph& graph) {
  auto found = std::find_if(graph.packages.begin(), graph.packages.end(), [](const auto& package) {
    return package.named && package.module.local && !is_added_by_otel(package);
  });
  return found == graph.packages.end() ? nullptr : &*found;
}

// A dependency's rule without consent is for packages of its module, whatever its pattern matches.
bool is_out_of_bounds(const rules::Rule& rule, const gotool::Package& package) {
  return rule.confined && package.module.path != rule.module;
}

// Why a rule that matches a package is skipped; nothing if it is not.
std::optional<SkippedRule> refuse(const rules::Rule& rule, const gotool::Package& package,
                                  const std::string& go_version) {
  if (rule.go && !rule.go->contains(go_version))
    return skip(rule, false, fmt::format("it is for Go {}, this is {}", rule.go->text(), go_version));
  const auto& module = package.module;
  const auto& version = module.required.empty() ? module.version : module.required;
  if (rule.version && !rule.version->contains(version))
    return skip(
        rule, true,
        fmt::format("it is for {} {}, this build uses {}", module.path, rule.version->text(), version));
  return std::nullopt;
}

void select_rule(const rules::Rule& rule, const std::vector<const gotool::Package*>& meant,
                 const std::string& go_version, Selection& selection) {
  std::vector<SkippedRule> skipped;
  for (const auto* package : meant) {
    if (auto refused = refuse(rule, *package, go_version))
      skipped.push_back(*std::move(refused));
    else
      selection.selected.push_back({&rule, package});
  }
  // A rule for several packages is a warning only if it is skipped in all of them.
  bool missed = skipped.size() == meant.size();
  if (missed && skipped.size() > 1) skipped.resize(1);
  for (auto& entry : skipped) {
    entry.is_warning = entry.is_warning && missed;
    selection.skipped.push_back(std::move(entry));
  }
}

}  // namespace

std::string SkippedRule::text() const {
  if (!not_in_build) return reason;
  return notation::is_package_pattern(rule->package)
             ? fmt::format("no package in this build matches {}", rule->package)
             : fmt::format("{} is not in this build", rule->package);
}

bool Selection::empty() const {
  if (imports_support_module) return selected.empty();
  return std::all_of(selected.begin(), selected.end(),
                     [](const SelectedRule& s) { return s.rule->support || is_for_program(*s.rule); });
}

Selection select_rules(const std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph,
                       const std::string& go_version, const std::vector<std::string>& disabled) {
  check_disabled(rules, disabled);
  std::unordered_map<std::string_view, const gotool::Package*> packages;
  for (const auto& package : graph.packages) packages[package.import_path] = &package;
  auto is_disabled = [&](const std::string& name) {
    return std::find(disabled.begin(), disabled.end(), name) != disabled.end();
  };

  Selection selection;
  selection.imports_support_module =
      !graph.missing.empty() ||
      std::any_of(graph.packages.begin(), graph.packages.end(),
                  [](const auto& package) { return package.module.path == kSupportModule; });
  for (const auto& rule : rules) {
    std::vector<const gotool::Package*> meant;
    if (is_for_program(rule)) {
      if (const auto* program = find_program(graph)) meant.push_back(program);
    } else if (rule.package.empty()) {
      for (const auto& package : graph.packages)
        if (is_own(rule, package)) meant.push_back(&package);
    } else if (!notation::is_package_pattern(rule.package)) {
      if (auto found = packages.find(rule.package); found != packages.end()) meant.push_back(found->second);
    } else {
      for (const auto& package : graph.packages)
        if (is_meant(rule, package)) meant.push_back(&package);
    }
    const auto beyond =
        std::erase_if(meant, [&](const auto* package) { return is_out_of_bounds(rule, *package); });
    if (!rule.inactive_reason.empty())
      selection.skipped.push_back(skip(rule, false, rule.inactive_reason));
    else if (is_disabled(rule.name) || is_disabled(rule.library) || is_disabled(rule.module))
      selection.skipped.push_back(skip(rule, false, "disabled"));
    else if (meant.empty() && beyond > 0)
      selection.skipped.push_back(
          skip(rule, true,
               fmt::format("{} is outside module {}, which needs consent; see \"otel rules trust {}\"",
                           rule.package, rule.module, rule.module)));
    else if (meant.empty() && rule.package.empty())
      selection.skipped.push_back(skip(rule, false, "this build has no local packages"));
    else if (meant.empty())
      selection.skipped.push_back({&rule, "", false, true});
    else
      select_rule(rule, meant, go_version, selection);
  }
  std::stable_sort(
      selection.selected.begin(), selection.selected.end(),
      [](const SelectedRule& a, const SelectedRule& b) { return a.rule->order < b.rule->order; });
  // That a rule is for other versions is no news where its library has rules for this one.
  for (auto& skipped : selection.skipped)
    skipped.is_warning =
        skipped.is_warning &&
        std::none_of(selection.selected.begin(), selection.selected.end(), [&](const SelectedRule& selected) {
          return selected.rule->library == skipped.rule->library &&
                 selected.rule->package == skipped.rule->package;
        });
  return selection;
}

}  // namespace otel::plan
