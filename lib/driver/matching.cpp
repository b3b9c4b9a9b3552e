// SPDX-License-Identifier: Apache-2.0
#include "driver/matching.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <set>

#include "base/embedded.h"
#include "base/text.h"
#include "plan/module_files.h"
#include "weave/glue.h"
#include "weave/hook_shape.h"
#include "weave/trampoline.h"
#include "weave/weave.h"

namespace otel::driver {
namespace {

using base::Error;
using plan::FunctionWeave;
using rules::Rule;
using rules::RuleKind;
using weave::GoPackage;

std::string identifier_of(std::string_view text) {
  std::string name;
  for (char c : text) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

std::string symbol_of(const std::string& prefix, const Rule& rule) {
  auto receiver = rule.function.receiver.empty() ? "" : rule.function.receiver + "_";
  return identifier_of(fmt::format("{}_{}_{}{}", prefix, rule.name, receiver, rule.function.name));
}

// "nethttp" for otel.runtime/nethttp, else the whole path with underscores.
std::string glue_name(std::string_view hooks) {
  auto own = fmt::format("{}/", plan::kRuntimeModule);
  if (hooks.substr(0, own.size()) == own) hooks.remove_prefix(own.size());
  return identifier_of(hooks);
}

class Matching {
 public:
  Matching(const Site& site, const gotool::GoCommand& command, const gotool::BuildGraph& graph,
           plan::Inputs& inputs)
      : site_(site), command_(command), graph_(graph), inputs_(inputs) {}

  Match run(const plan::Selection& selection);

 private:
  void add_rule(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void add_function(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void note_points(const std::vector<plan::SelectedRule>& selected, const GoPackage& package,
                   const plan::PackagePlan& plan);
  std::string missing(const Rule& rule, const GoPackage& package) const;
  bool is_refused_already(const std::string& rule) const;
  GoPackage read_package(const gotool::Package& package);
  const GoPackage& hooks(const Rule& rule);
  GoPackage read_embedded_hooks(const std::string& path) const;
  GoPackage read_listed_hooks(const Rule& rule);

  const Site& site_;
  const gotool::GoCommand& command_;
  const gotool::BuildGraph& graph_;
  plan::Inputs& inputs_;
  Match match_;
  std::set<std::string> symbols_;  // of all packages
  std::map<std::string, std::unique_ptr<GoPackage>> hooks_;
};

GoPackage Matching::read_package(const gotool::Package& package) {
  GoPackage read;
  read.path = package.import_path;
  for (const auto& name : package.files) {
    auto path = base::Path(package.folder) / name;
    if (package.module.local) inputs_.read_whole(path);
    read.files.emplace_back(path.string(), base::read_file(path));
  }
  return read;
}

GoPackage Matching::read_embedded_hooks(const std::string& path) const {
  GoPackage package;
  package.path = path;
  auto folder = "go-runtime/" + path.substr(plan::kRuntimeModule.size() + 1) + "/";
  for (const auto& file : base::embedded_files())
    if (file.path.substr(0, folder.size()) == folder &&
        file.path.find('/', folder.size()) == std::string_view::npos)
      package.files.emplace_back(std::string(file.path), std::string(file.text));
  return package;
}

// Hooks of the user's are listed by go like any package of the build.
GoPackage Matching::read_listed_hooks(const Rule& rule) {
  if (const auto* package = graph_.find(rule.hooks)) return read_package(*package);
  auto ask = command_;
  ask.arguments = {rule.hooks};
  auto listed = gotool::list_build_graph(site_.run, site_.go.go, site_.folder, ask);
  const auto* package = listed.find(rule.hooks);
  if (!package || package->files.empty()) return {rule.hooks, {}};
  return read_package(*package);
}

const GoPackage& Matching::hooks(const Rule& rule) {
  auto& cached = hooks_[rule.hooks];
  if (!cached) {
    bool own =
        rule.hooks.substr(0, plan::kRuntimeModule.size() + 1) == fmt::format("{}/", plan::kRuntimeModule);
    cached = std::make_unique<GoPackage>(own ? read_embedded_hooks(rule.hooks) : read_listed_hooks(rule));
    if (cached->files.empty())
      throw Error(fmt::format("rule {}: no package {} for its hooks", rule.name, rule.hooks))
          .at(rule.place)
          .hint("\"hooks\" is an import path that the main module can import");
  }
  return *cached;
}

void Matching::add_function(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  auto target = weave::find_function(package, rule.function);
  if (!target) return;
  if (auto reason = weave::refuse_package(package)) {
    auto line = target->file->source.position(target->function->name.span.begin).line;
    match_.outcomes.push_back(
        {rule.name, "", fmt::format("{}:{}: {}", target->file->source.path(), line, *reason), true});
    return;
  }
  // A function that can't be woven is reported by the weaver; its hooks are checked all the same.
  FunctionWeave weave{rule.name, symbol_of(plan.prefix, rule), rule.function, {}, false, {}};
  // Rule a_b with function c, rule a with b_c, and names beyond ASCII would meet.
  for (int i = 2; !symbols_.insert(weave.symbol).second; ++i)
    weave.symbol = fmt::format("{}_{}", symbol_of(plan.prefix, rule), i);
  weave::GlueHooks fitted;
  using weave::HookMoment;
  if (!rule.before.empty()) {
    fitted.before = weave::fit_hook(rule, rule.before, HookMoment::Before, hooks(rule), package, *target);
    weave.before = fitted.before->shape;
  }
  if (!rule.after.empty()) {
    fitted.after = weave::fit_hook(rule, rule.after, HookMoment::After, hooks(rule), package, *target);
    weave.has_after = true;
    weave.after = fitted.after->shape;
  }
  if (!weave::refuse_function(*target->file, *target->function)) {
    auto& glue = match_.glue[rule.hooks];
    glue.name = glue_name(rule.hooks);
    glue.targets.push_back(package.path);
    glue.files[weave.symbol + ".go"] = weave::render_glue(glue.name, package.path, weave, rule.hooks, fitted);
  }
  plan.functions.push_back(std::move(weave));
}

void Matching::add_rule(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  switch (rule.kind) {
    case RuleKind::Function:
      return add_function(rule, package, plan);
    case RuleKind::Struct:
      plan.structs.push_back({rule.name, rule.struct_name, rule.field});
      return;
    case RuleKind::Call:
      plan.calls.push_back({rule.name, rule.function, rule.call, rule.replace});
      return;
    case RuleKind::Raw:
      plan.raws.push_back({rule.name, rule.function, rule.position, rule.insert});
      return;
    case RuleKind::File:
      plan.files.push_back({rule.name, rule.file_name, rule.file_text});
      match_.outcomes.push_back({rule.name, fmt::format("{}/{}", package.path, rule.file_name), "", false});
  }
}

std::string Matching::missing(const Rule& rule, const GoPackage& package) const {
  std::vector<std::string> names;
  auto what = fmt::format("function {}", rule.function.text());
  auto wanted = rule.function.text();
  if (rule.kind == RuleKind::Struct) {
    what = fmt::format("struct type {}", rule.struct_name);
    wanted = rule.struct_name;
    for (const auto& file : package.files)
      for (const auto& decl : file.outline.structs) names.push_back(decl.name.text);
  } else {
    names = weave::function_names(package);
  }
  auto hint = base::near_hint(wanted, names);
  return fmt::format("package {} has no {}{}{}", package.path, what, hint.empty() ? "" : "; ", hint);
}

// Weaves in memory, so that every rule is known to be woven, or why not, before the build starts.
void Matching::note_points(const std::vector<plan::SelectedRule>& selected, const GoPackage& package,
                           const plan::PackagePlan& plan) {
  std::map<std::string, plan::RuleOutcome> points;
  for (const auto& file : package.files) {
    if (!file.outline.complete) continue;
    for (const auto& point : weave::weave_file(plan, file).points) {
      auto place = fmt::format("{}:{}", file.source.path(), point.position.line);
      bool refused = !point.refused.empty();
      points[point.rule] = {point.rule, refused ? "" : place,
                            refused ? fmt::format("{}: {}", place, point.refused) : "", refused};
    }
  }
  for (const auto& entry : selected) {
    if (entry.rule->kind == RuleKind::File) continue;
    if (entry.rule->kind == RuleKind::Function && is_refused_already(entry.rule->name)) continue;
    auto found = points.find(entry.rule->name);
    match_.outcomes.push_back(
        found != points.end() ? found->second
                              : plan::RuleOutcome{entry.rule->name, "", missing(*entry.rule, package), true});
  }
}

bool Matching::is_refused_already(const std::string& rule) const {
  return std::any_of(match_.outcomes.begin(), match_.outcomes.end(),
                     [&](const auto& outcome) { return outcome.rule == rule; });
}

Match Matching::run(const plan::Selection& selection) {
  std::map<const gotool::Package*, std::vector<plan::SelectedRule>> by_package;
  for (const auto& selected : selection.selected) by_package[selected.package].push_back(selected);
  for (const auto& [listed, selected] : by_package) {
    auto package = read_package(*listed);
    plan::PackagePlan plan;
    plan.package = package.path;
    plan.prefix = weave::choose_prefix(package);
    for (const auto& entry : selected) add_rule(*entry.rule, package, plan);
    note_points(selected, package, plan);
    if (!plan.empty()) match_.packages.push_back(std::move(plan));
  }
  for (const auto& left : selection.left)
    match_.outcomes.push_back({left.rule->name, "", left.reason, left.telling});
  std::sort(match_.packages.begin(), match_.packages.end(),
            [](const auto& a, const auto& b) { return a.package < b.package; });
  std::sort(match_.outcomes.begin(), match_.outcomes.end(),
            [](const auto& a, const auto& b) { return a.rule < b.rule; });
  return std::move(match_);
}

}  // namespace

Match match_rules(const Site& site, const gotool::GoCommand& command, const gotool::BuildGraph& graph,
                  const plan::Selection& selection, plan::Inputs& inputs) {
  return Matching(site, command, graph, inputs).run(selection);
}

}  // namespace otel::driver
