// SPDX-License-Identifier: Apache-2.0
#include "driver/matching.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <set>

#include "base/embedded.h"
#include "base/text.h"
#include "plan/module_files.h"
#include "weave/directive.h"
#include "weave/glue.h"
#include "weave/hook_shape.h"
#include "weave/rule_targets.h"
#include "weave/trampoline.h"
#include "weave/weave.h"
#include "weave/wrap.h"

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

// Of a rule for several functions the package is part of it: the glue has the variables of all of them.
std::string symbol_of(const std::string& prefix, const Rule& rule, const std::string& package) {
  auto receiver = rule.function.receiver.empty() ? "" : rule.function.receiver + "_";
  auto scope = rule.is_pattern() ? package + "_" : "";
  return identifier_of(fmt::format("{}_{}_{}{}{}", prefix, rule.name, scope, receiver, rule.function.name));
}

// Why a rule for several functions passes this one by.
std::optional<std::string> refuse_target(const Rule& rule, const weave::FoundFunction& target) {
  if (rule.kind == RuleKind::Function) return weave::refuse_function(*target.file, *target.function);
  if (!target.function->body) return "it has no body in Go";
  return std::nullopt;
}

// "nethttp" for otel.runtime/nethttp, else the whole path with underscores.
std::string glue_name(std::string_view hooks) {
  auto own = fmt::format("{}/", plan::kRuntimeModule);
  if (hooks.substr(0, own.size()) == own) hooks.remove_prefix(own.size());
  return identifier_of(hooks);
}

// The glue, a package of the run time's module, imports the hooks.
void check_importable(const Rule& rule, const GoPackage& hooks) {
  auto path = "/" + rule.hooks + "/";
  bool internal = path.find("/internal/") != std::string::npos;
  bool own =
      rule.hooks.substr(0, plan::kRuntimeModule.size() + 1) == fmt::format("{}/", plan::kRuntimeModule);
  if (internal && !own)
    throw Error(fmt::format("hooks in the internal package {}", rule.hooks))
        .at(rule.place_of("hooks"))
        .hint("what otel generates must be able to import them; move them out of internal");
  if (hooks.files[0].outline.package_name.text == "main")
    throw Error(fmt::format("hooks in {}, which is a program", rule.hooks))
        .at(rule.place_of("hooks"))
        .hint("what otel generates must be able to import them; give them a package of their own");
}

class Matching {
 public:
  Matching(const Site& site, const gotool::GoCommand& command, const gotool::BuildGraph& graph,
           plan::Inputs& inputs)
      : site_(site), command_(command), graph_(graph), inputs_(inputs) {}

  Match run(const plan::Selection& selection);

 private:
  void add_rule(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void check_file_imports(const Rule& rule, const GoPackage& package);
  void add_targets(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void add_function(const Rule& rule, const GoPackage& package, const weave::FoundFunction& target,
                    plan::PackagePlan& plan);
  bool hooks_import(const Rule& rule, const GoPackage& package);
  void note_unmatched(const plan::Selection& selection);
  void link_hooks(const Rule& rule, const GoPackage& package);
  void add_directives(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void add_directive(const Rule& rule, const GoPackage& package, const weave::FoundFunction& found,
                     plan::PackagePlan& plan);
  void add_wrap(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
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
  std::vector<std::string> directives_;  // words of all directives that rules are for
  std::set<std::string> symbols_;        // of all packages
  std::map<std::string, std::unique_ptr<GoPackage>> hooks_;
  std::map<std::string, std::set<std::string>> hook_imports_;  // by import path of hooks, transitive
};

// The same text, or with a number where another function has that name.
std::string unique(std::set<std::string>& taken, const std::string& name) {
  auto chosen = name;
  for (int i = 2; !taken.insert(chosen).second; ++i) chosen = fmt::format("{}_{}", name, i);
  return chosen;
}

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
          .at(rule.place_of("hooks"))
          .hint("\"hooks\" is an import path that the main module can import");
    check_importable(rule, *cached);
  }
  return *cached;
}

// Hooks of a rule for several packages would call themselves where they are woven into what they use.
bool Matching::hooks_import(const Rule& rule, const GoPackage& package) {
  if (rule.hooks.empty() || !rules::is_package_pattern(rule.package)) return false;
  if (rule.hooks == package.path) return true;
  auto [at, fresh] = hook_imports_.emplace(rule.hooks, std::set<std::string>());
  auto& imported = at->second;
  if (fresh) {
    bool own =
        rule.hooks.substr(0, plan::kRuntimeModule.size() + 1) == fmt::format("{}/", plan::kRuntimeModule);
    std::vector<std::string> waiting;
    gotool::BuildGraph asked;
    if (!own && !graph_.find(rule.hooks)) {
      auto ask = command_;
      ask.arguments = {rule.hooks};
      asked = gotool::list_build_graph(site_.run, site_.go.go, site_.folder, ask);
      for (const auto& dependency : asked.packages) imported.insert(dependency.import_path);
    } else {
      for (const auto& file : hooks(rule).files)
        for (const auto& import : file.outline.imports) waiting.push_back(import.path);
    }
    while (!waiting.empty()) {
      auto path = std::move(waiting.back());
      waiting.pop_back();
      if (!imported.insert(path).second) continue;
      if (const auto* listed = graph_.find(path))
        waiting.insert(waiting.end(), listed->imports.begin(), listed->imports.end());
    }
  }
  return imported.count(package.path) > 0;
}

// go compiles a package with the imports of its own files; one that leads back would be a cycle.
void Matching::check_file_imports(const Rule& rule, const GoPackage& package) {
  std::set<std::string> imported = {"unsafe"};
  for (const auto& file : package.files)
    for (const auto& import : file.outline.imports) imported.insert(import.path);
  weave::GoFile added(rule.file_name, rule.file_text);
  for (const auto& import : added.outline.imports) {
    if (imported.count(import.path)) continue;
    auto ask = command_;
    ask.arguments = {import.path};
    bool cycle = import.path == package.path ||
                 gotool::list_build_graph(site_.run, site_.go.go, site_.folder, ask).find(package.path);
    throw Error(cycle ? fmt::format("import cycle: {} of rule {} would make {} import {}, which imports {}",
                                    rule.file_name, rule.name, package.path, import.path, package.path)
                      : fmt::format("{} of rule {} imports {}, which package {} doesn't", rule.file_name,
                                    rule.name, import.path, package.path))
        .at(rule.place_of("file"))
        .hint("use what the package imports, and hooks of a function rule for all else");
  }
}

void Matching::add_targets(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  if (hooks_import(rule, package)) {
    match_.outcomes.push_back(
        {rule.name, "", fmt::format("its hooks in {} import {}", rule.hooks, package.path), false});
    return;
  }
  auto refused_package = weave::refuse_package(package);
  if (!refused_package && rule.is_pattern()) refused_package = weave::refuse_run_time(package);
  bool function_rule = rule.kind == RuleKind::Function;
  for (const auto& target : weave::find_targets(rule, package)) {
    auto one = rule;
    one.function = weave::function_name(*target.function);
    auto refused = function_rule ? refused_package : std::nullopt;
    if (!refused && rule.functions) refused = refuse_target(rule, target);
    if (refused) {
      auto place = target.file->source.place(target.function->name.span);
      match_.outcomes.push_back(
          {rule.name, "", fmt::format("{}:{}: {}", place.file, place.line, *refused), !rule.is_pattern()});
    } else if (function_rule) {
      add_function(one, package, target, plan);
    } else {
      plan.raws.push_back({one.name, one.function, one.position, one.insert});
    }
  }
}

void Matching::add_function(const Rule& rule, const GoPackage& package, const weave::FoundFunction& target,
                            plan::PackagePlan& plan) {
  bool itself = rule.hooks == package.path && rule.function.receiver.empty() &&
                (rule.function.name == rule.before || rule.function.name == rule.after);
  if (itself)
    throw Error(fmt::format("rule {} weaves hook {} into itself", rule.name, rule.function.name))
        .at(rule.place_of("function"));
  // A function that can't be woven is reported by the weaver; its hooks are checked all the same.
  // Rule a_b with function c, rule a with b_c, T.M and T_M, and names beyond ASCII would meet.
  auto symbol = unique(symbols_, symbol_of(plan.prefix, rule, package.path));
  FunctionWeave weave{rule.name, symbol, rule.function, {}, false, {}};
  weave::GlueHooks fitted;
  using weave::HookMoment;
  if (!rule.before.empty()) {
    fitted.before = weave::fit_hook(rule, rule.before, HookMoment::Before, hooks(rule), package, target);
    weave.before = fitted.before->shape;
  }
  if (!rule.after.empty()) {
    fitted.after = weave::fit_hook(rule, rule.after, HookMoment::After, hooks(rule), package, target);
    weave.has_after = true;
    weave.after = fitted.after->shape;
  }
  if (!weave::refuse_function(*target.file, *target.function)) {
    auto& glue = match_.glue[rule.hooks];
    glue.name = glue_name(rule.hooks);
    glue.targets.push_back(package.path);
    glue.files[weave.symbol + ".go"] = weave::render_glue(glue.name, package.path, weave, rule.hooks, fitted);
  }
  plan.functions.push_back(std::move(weave));
}

// An added file may be all that meets the hooks, through variables of its own: then no function weave links
// them.
void Matching::link_hooks(const Rule& rule, const GoPackage& package) {
  hooks(rule);
  auto& glue = match_.glue[rule.hooks];
  glue.name = glue_name(rule.hooks);
  glue.targets.push_back(package.path);
  glue.files["otel_link.go"] = weave::render_link(glue.name, rule.hooks);
}

// The hooks of a directive are generated, and then are fitted and woven as any others.
void Matching::add_directive(const Rule& rule, const GoPackage& package, const weave::FoundFunction& found,
                             plan::PackagePlan& plan) {
  auto name = weave::function_name(*found.function);
  auto receiver = name.receiver.empty() ? "" : name.receiver + "_";
  auto symbol = unique(symbols_, identifier_of(fmt::format("{}_{}_{}_{}{}", plan.prefix, rule.name,
                                                           package.path, receiver, name.name)));
  auto folder = "directives_" + identifier_of(package.path);
  auto made = weave::render_directive_hooks(rule, package, found,
                                            weave::parse_directive(found, rule.directive), folder, symbol);
  Rule generated = rule;
  generated.function = name;
  generated.hooks = fmt::format("{}/{}", plan::kRuntimeModule, folder);
  GoPackage own{generated.hooks, {}};
  own.files.emplace_back(symbol + ".go", made.text);
  FunctionWeave weave{rule.name, symbol, name, {}, false, {}};
  weave::GlueHooks fitted;
  using weave::HookMoment;
  if (!made.before.empty()) {
    fitted.before = weave::fit_hook(generated, made.before, HookMoment::Before, own, package, found);
    weave.before = fitted.before->shape;
  }
  if (!made.after.empty()) {
    fitted.after = weave::fit_hook(generated, made.after, HookMoment::After, own, package, found);
    weave.has_after = true;
    weave.after = fitted.after->shape;
  }
  if (!weave::refuse_function(*found.file, *found.function)) {
    match_.hook_files[fmt::format("{}/{}.go", folder, symbol)] = made.text;
    auto& glue = match_.glue[generated.hooks];
    glue.name = glue_name(generated.hooks);
    glue.targets.push_back(package.path);
    glue.files[symbol + ".go"] = weave::render_glue(glue.name, package.path, weave, generated.hooks, fitted);
  }
  plan.functions.push_back(std::move(weave));
}

void Matching::add_directives(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  weave::check_directive_hooks(rule, hooks(rule));
  for (const auto& found : weave::find_directives(package, rule.directive, directives_)) {
    auto reason = weave::refuse_package(package);
    if (!reason) reason = weave::refuse_run_time(package);
    if (reason) {
      auto line = found.file->source.position(found.function->name.span.begin).line;
      match_.outcomes.push_back(
          {rule.name, "", fmt::format("{}:{}: {}", found.file->source.path(), line, *reason), true});
      continue;
    }
    add_directive(rule, package, found, plan);
  }
}

void Matching::add_wrap(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  const auto* callee = graph_.find(rule.callee_package);
  if (!callee || package.path == rule.hooks) return;
  weave::check_wrap(rule, hooks(rule), read_package(*callee));
  auto symbol =
      unique(symbols_, identifier_of(fmt::format("{}_{}_{}", plan.prefix, rule.name, package.path)));
  plan::WrapWeave weave{rule.name, symbol, callee->import_path, callee->name, rule.callee};
  bool used = std::any_of(package.files.begin(), package.files.end(), [&](const weave::GoFile& file) {
    return file.outline.complete && !weave::find_uses(file, weave).empty();
  });
  if (!used) return;
  auto& glue = match_.glue[rule.hooks];
  glue.name = glue_name(rule.hooks);
  glue.targets.push_back(package.path);
  glue.files[symbol + ".go"] = weave::render_wrap_glue(glue.name, package.path, weave, rule);
  plan.wraps.push_back(std::move(weave));
}

void Matching::add_rule(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  switch (rule.kind) {
    case RuleKind::Function:
    case RuleKind::Raw:
      return add_targets(rule, package, plan);
    case RuleKind::Struct:
      plan.structs.push_back({rule.name, rule.struct_name, rule.field});
      return;
    case RuleKind::Call:
      plan.calls.push_back({rule.name, rule.function, rule.call, rule.replace});
      return;
    case RuleKind::Wrap:
      return add_wrap(rule, package, plan);
    case RuleKind::Directive:
      return add_directives(rule, package, plan);
    case RuleKind::Value:
      plan.values.push_back({rule.name, rule.variable, rule.value});
      return;
    case RuleKind::File:
      check_file_imports(rule, package);
      plan.files.push_back({rule.name, rule.file_name, rule.file_text});
      if (!rule.hooks.empty()) link_hooks(rule, package);
      match_.outcomes.push_back({rule.name, fmt::format("{}/{}", package.path, rule.file_name), "", false});
  }
}

std::string Matching::missing(const Rule& rule, const GoPackage& package) const {
  if (rule.kind == RuleKind::Wrap)
    return fmt::format("package {} doesn't use {}.{}", package.path, rule.callee_package, rule.callee);
  if (rule.kind == RuleKind::Directive)
    return fmt::format("package {} has no function with //{}", package.path, rule.directive);
  std::vector<std::string> names;
  auto what = fmt::format("function {}", rule.function.text());
  auto wanted = rule.function.text();
  if (rule.kind == RuleKind::Struct) {
    what = fmt::format("struct type {}", rule.struct_name);
    wanted = rule.struct_name;
    for (const auto& file : package.files)
      for (const auto& decl : file.outline.structs) names.push_back(decl.name.text);
  } else if (rule.kind == RuleKind::Value) {
    what = fmt::format("package-level variable or constant {}", rule.variable);
    wanted = rule.variable;
    for (const auto& file : package.files) {
      for (const auto& declared : file.outline.variables) names.push_back(declared.name.text);
      for (const auto& declared : file.outline.constants) names.push_back(declared.name.text);
    }
  } else {
    names = weave::function_names(package);
  }
  auto hint = base::near_hint(wanted, names);
  return fmt::format("package {} has no {}{}{}", package.path, what, hint.empty() ? "" : "; ", hint);
}

// Weaves in memory, so that every rule is known to be woven, or why not, before the build starts.
void Matching::note_points(const std::vector<plan::SelectedRule>& selected, const GoPackage& package,
                           const plan::PackagePlan& plan) {
  std::map<std::string, std::vector<plan::RuleOutcome>> points;
  for (const auto& file : package.files) {
    if (!file.outline.complete) continue;
    for (const auto& point : weave::weave_file(plan, file).points) {
      auto place = fmt::format("{}:{}", file.source.path(), point.position.line);
      bool refused = !point.refused.empty();
      points[point.rule].push_back({point.rule, refused ? "" : place,
                                    refused ? fmt::format("{}: {}", place, point.refused) : "", refused});
    }
  }
  for (const auto& entry : selected) {
    const auto& rule = *entry.rule;
    if (rule.kind == RuleKind::File) continue;
    if (auto found = points.find(rule.name); found != points.end())
      match_.outcomes.insert(match_.outcomes.end(), found->second.begin(), found->second.end());
    else if (rule.where && weave::find_function(package, rule.function))
      match_.outcomes.push_back(
          {rule.name, "", fmt::format("{} is not as \"where\" says", rule.function.text()), false});
    else if (!rule.is_pattern() && !is_refused_already(rule.name))
      match_.outcomes.push_back({rule.name, "", missing(rule, package), true});
  }
}

// A rule for several functions that has none.
void Matching::note_unmatched(const plan::Selection& selection) {
  std::set<std::string> known;
  for (const auto& outcome : match_.outcomes) known.insert(outcome.rule);
  for (const auto& [rule, package] : selection.selected) {
    if (rule->kind == RuleKind::Wrap || rule->kind == RuleKind::Directive) {
      // Such a rule isn't expected to find something everywhere.
      if (rule->is_pattern() && known.insert(rule->name).second)
        match_.outcomes.push_back({rule->name, "", missing(*rule, {package->import_path, {}}), false});
      continue;
    }
    if (!rule->is_pattern() || !known.insert(rule->name).second) continue;
    auto what = rule->functions ? rule->functions->text() : rule->function.text();
    if (rule->kind == RuleKind::Struct) what = rule->struct_name;
    if (rule->kind == RuleKind::Value) what = rule->variable;
    match_.outcomes.push_back({rule->name, "",
                               fmt::format("nothing in {} is {}{}", rule->package, what,
                                           rule->where ? " and as \"where\" says" : ""),
                               true});
  }
}

bool Matching::is_refused_already(const std::string& rule) const {
  return std::any_of(match_.outcomes.begin(), match_.outcomes.end(),
                     [&](const auto& outcome) { return outcome.rule == rule; });
}

Match Matching::run(const plan::Selection& selection) {
  for (const auto& entry : selection.selected)
    if (entry.rule->kind == RuleKind::Directive) directives_.push_back(entry.rule->directive);
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
  note_unmatched(selection);
  for (const auto& left : selection.left)
    match_.outcomes.push_back({left.rule->name, "", left.reason, left.telling});
  std::sort(match_.packages.begin(), match_.packages.end(),
            [](const auto& a, const auto& b) { return a.package < b.package; });
  std::stable_sort(match_.outcomes.begin(), match_.outcomes.end(),
                   [](const auto& a, const auto& b) { return a.rule < b.rule; });
  return std::move(match_);
}

}  // namespace

Match match_rules(const Site& site, const gotool::GoCommand& command, const gotool::BuildGraph& graph,
                  const plan::Selection& selection, plan::Inputs& inputs) {
  return Matching(site, command, graph, inputs).run(selection);
}

}  // namespace otel::driver
