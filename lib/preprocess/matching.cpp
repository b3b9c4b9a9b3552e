// SPDX-License-Identifier: Apache-2.0
#include "preprocess/matching.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <set>

#include "base/text.h"
#include "plan/module_files.h"
#include "preprocess/hook_packages.h"
#include "weave/directive.h"
#include "weave/glue.h"
#include "weave/hook_shape.h"
#include "weave/rule_targets.h"
#include "weave/trampoline.h"
#include "weave/weave.h"
#include "weave/wrap.h"

namespace otel::preprocess {
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

class Matching {
 public:
  Matching(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
           const gotool::BuildGraph& graph, plan::InputReader& reader, OnMistake on_mistake)
      : toolchain_(toolchain),
        command_(command),
        graph_(graph),
        reader_(reader),
        on_mistake_(on_mistake),
        hooks_(toolchain, command, graph, reader) {}

  Match run(const plan::Selection& selection);

 private:
  void add_rule(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void check_file_imports(const Rule& rule, const GoPackage& package);
  void add_targets(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan);
  void add_function(const Rule& rule, const GoPackage& package, const weave::FoundFunction& target,
                    plan::PackagePlan& plan);
  void add_hooked(const Rule& rule, const GoPackage& hooks, const GoPackage& package,
                  const weave::FoundFunction& target, const std::string& symbol, plan::PackagePlan& plan);
  bool passes_by(const Rule& rule, const GoPackage& package);
  bool attempt(const Rule& rule, const std::function<void()>& step);
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

  const gotool::Toolchain& toolchain_;
  const gotool::GoCommand& command_;
  const gotool::BuildGraph& graph_;
  plan::InputReader& reader_;
  OnMistake on_mistake_;
  HookPackages hooks_;
  Match match_;
  std::set<std::string> mistaken_;       // names of rules
  std::set<std::string> mistakes_seen_;  // places
  std::vector<std::string> directives_;  // words of all directives that rules are for
  std::set<std::string> symbols_;        // of all packages
};

// The same text, or with a number where another function has that name.
std::string unique(std::set<std::string>& taken, const std::string& name) {
  auto chosen = name;
  for (int i = 2; !taken.insert(chosen).second; ++i) chosen = fmt::format("{}_{}", name, i);
  return chosen;
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
                 gotool::list_build_graph(toolchain_.run, toolchain_.env.go, toolchain_.directory, ask)
                     .find(package.path);
    throw Error(cycle ? fmt::format("import cycle: {} of rule {} would make {} import {}, which imports {}",
                                    rule.file_name, rule.name, package.path, import.path, package.path)
                      : fmt::format("{} of rule {} imports {}, which package {} doesn't", rule.file_name,
                                    rule.name, import.path, package.path))
        .at(rule.place_of("file"))
        .hint("use what the package imports, and hooks of a function rule for all else");
  }
}

// Whether a rule for several packages leaves this one out, and notes that. Whoever wrote a directive is told.
bool Matching::passes_by(const Rule& rule, const GoPackage& package) {
  if (!hooks_.reach(rule, package.path)) return false;
  match_.outcomes.push_back({rule.name, "",
                             fmt::format("its hooks in {} import {}", rule.hooks, package.path),
                             rule.kind == RuleKind::Directive});
  return true;
}

void Matching::add_targets(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  if (passes_by(rule, package)) return;
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
      attempt(rule, [&] { add_function(one, package, target, plan); });
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
  // Rule a_b with function c, rule a with b_c, T.M and T_M, and names beyond ASCII would meet.
  auto symbol = unique(symbols_, symbol_of(plan.prefix, rule, package.path));
  add_hooked(rule, hooks_.of(rule), package, target, symbol, plan);
}

// The hooks of a rule for one function, which must fit it, and the glue between them.
void Matching::add_hooked(const Rule& rule, const GoPackage& hooks, const GoPackage& package,
                          const weave::FoundFunction& target, const std::string& symbol,
                          plan::PackagePlan& plan) {
  FunctionWeave weave{rule.name, symbol, rule.function, {}, !rule.after.empty(), {}};
  weave::GlueHooks fitted;
  using weave::HookMoment;
  bool fits = attempt(rule, [&] {
    if (!rule.before.empty())
      fitted.before = weave::fit_hook(rule, rule.before, HookMoment::Before, hooks, package, target);
  });
  fits &= attempt(rule, [&] {
    if (!rule.after.empty())
      fitted.after = weave::fit_hook(rule, rule.after, HookMoment::After, hooks, package, target);
  });
  if (!fits) return;
  if (fitted.before) weave.before = fitted.before->shape;
  if (fitted.after) weave.after = fitted.after->shape;
  // A function that can't be woven is reported by the weaver; its hooks are checked all the same.
  if (!weave::refuse_function(*target.file, *target.function)) {
    auto& glue = match_.glue[rule.hooks];
    glue.name = glue_name(rule.hooks);
    glue.targets.push_back(package.path);
    glue.files[symbol + ".go"] = weave::render_glue(glue.name, package.path, weave, rule.hooks, fitted);
  }
  plan.functions.push_back(std::move(weave));
}

// Whether the step was done without a mistake. One is thrown on, or kept: of a rule file each place once, of
// a hook each place once for each rule. One of a dependency's is its author's to mend: the rule is left, and
// that is told.
bool Matching::attempt(const Rule& rule, const std::function<void()>& step) {
  bool of_dependency = rule.origin == rules::Origin::Dependency;
  if (on_mistake_ == OnMistake::Throw && !of_dependency) {
    step();
    return true;
  }
  try {
    step();
    return true;
  } catch (const Error& mistake) {
    if (of_dependency && mistaken_.insert(rule.name).second)
      match_.outcomes.push_back({rule.name, "", mistake.message(), true});
    if (of_dependency) return false;
    auto place = mistake.place().value_or(base::Place());
    auto key = fmt::format("{}:{}:{}", place.file, place.line, place.column);
    if (place.file != rule.place.file) key += " " + rule.name;
    if (mistakes_seen_.insert(key).second) match_.mistakes.push_back(mistake);
    mistaken_.insert(rule.name);
    return false;
  }
}

// An added file may be all that meets the hooks, through variables of its own: then no function weave links
// them.
void Matching::link_hooks(const Rule& rule, const GoPackage& package) {
  hooks_.of(rule);
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
  generated.before = made.before;
  generated.after = made.after;
  generated.hooks = fmt::format("{}/{}", plan::kRuntimeModule, folder);
  GoPackage own{generated.hooks, {}};
  own.files.emplace_back(symbol + ".go", made.text);
  if (!weave::refuse_function(*found.file, *found.function))
    match_.hook_files[fmt::format("{}/{}.go", folder, symbol)] = made.text;
  add_hooked(generated, own, package, found, symbol, plan);
}

void Matching::add_directives(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  weave::check_directive_hooks(rule, hooks_.of(rule));
  for (const auto& found : weave::find_directives(package, rule.directive, directives_)) {
    if (passes_by(rule, package)) return;
    auto reason = weave::refuse_package(package);
    if (!reason) reason = weave::refuse_run_time(package);
    if (reason) {
      auto line = found.file->source.position(found.function->name.span.begin).line;
      match_.outcomes.push_back(
          {rule.name, "", fmt::format("{}:{}: {}", found.file->source.path(), line, *reason), true});
      continue;
    }
    attempt(rule, [&] { add_directive(rule, package, found, plan); });
  }
}

void Matching::add_wrap(const Rule& rule, const GoPackage& package, plan::PackagePlan& plan) {
  const auto* callee = graph_.find(rule.callee_package);
  if (!callee || package.path == rule.hooks) return;
  weave::check_wrap(rule, hooks_.of(rule), read_package(*callee, reader_));
  auto symbol =
      unique(symbols_, identifier_of(fmt::format("{}_{}_{}", plan.prefix, rule.name, package.path)));
  plan::WrapWeave weave{rule.name, symbol, callee->import_path, callee->name, rule.callee};
  bool used = std::any_of(package.files.begin(), package.files.end(), [&](const weave::GoFile& file) {
    return file.outline.complete && !weave::find_uses(file, weave).empty();
  });
  if (!used || passes_by(rule, package)) return;
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
    if (rule.kind == RuleKind::File || mistaken_.count(rule.name)) continue;
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
  auto known = mistaken_;
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
    auto package = read_package(*listed, reader_);
    plan::PackagePlan plan;
    plan.package = package.path;
    plan.prefix = weave::choose_prefix(package);
    for (const auto& entry : selected) attempt(*entry.rule, [&] { add_rule(*entry.rule, package, plan); });
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

Match match_rules(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
                  const gotool::BuildGraph& graph, const plan::Selection& selection,
                  plan::InputReader& reader, OnMistake on_mistake) {
  return Matching(toolchain, command, graph, reader, on_mistake).run(selection);
}

}  // namespace otel::preprocess
