// SPDX-License-Identifier: Apache-2.0
#include "preprocess/matching.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>

#include "gotool/build_request.h"
#include "preprocess/hook_packages.h"
#include "weave/weave_package.h"

namespace otel::preprocess {
namespace {

using base::Error;
using gocode::GoPackage;
using rules::Rule;

// cmd/go/internal/load.disallowInternal: what is in a directory internal is for the tree around it.
bool may_import(std::string_view importing, std::string_view path) {
  constexpr std::string_view kInternal = "/internal/";
  auto whole = fmt::format("/{}/", path);
  auto at = whole.rfind(kInternal);
  if (at == std::string::npos) return true;
  auto tree = whole.substr(0, at);
  return fmt::format("/{}/", importing).starts_with(tree + "/") && at > 0;
}

class Matching {
 public:
  Matching(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
           const gotool::BuildGraph& graph, plan::InputReader& reader, MatchMode mode)
      : toolchain_(toolchain),
        command_(command),
        graph_(graph),
        reader_(reader),
        mode_(mode),
        hooks_(toolchain, command, graph, reader),
        source_facts_(
            [this](const std::string& path) -> std::optional<GoPackage> {
              const auto* listed = graph_.find(path);
              return listed ? std::optional(preprocess::read_package(*listed, reader_)) : std::nullopt;
            },
            [this](const std::string& path) {
              const auto* listed = graph_.find(path);
              return listed ? listed->name : "";
            }) {}

  Match run(const plan::Selection& selection);

 private:
  class Sources;

  void match_package(const gotool::Package& listed, const std::vector<const Rule*>& rules);
  bool attempt(const Rule& rule, const std::function<void()>& step);
  void note_points(const std::vector<const Rule*>& rules, const GoPackage& package,
                   const plan::PackagePlan& plan);
  void note_unmatched(const plan::Selection& selection);
  void note_skipped(const plan::SkippedRule& skipped);
  void name_libraries(const plan::Selection& selection);
  void report(const Rule& rule, std::string reason, bool is_warning) {
    match_.outcomes.push_back({rule.name, "", std::move(reason), is_warning, rule.library});
  }
  bool is_reported(const std::string& rule) const;
  std::optional<std::string> refuse_import(const gotool::Package& importing, const std::string& path);

  const gotool::Toolchain& toolchain_;
  const gotool::GoCommand& command_;
  const gotool::BuildGraph& graph_;
  plan::InputReader& reader_;
  MatchMode mode_;
  HookPackages hooks_;
  types::SourceFacts source_facts_;
  Match match_;
  std::set<std::string> rules_with_mistakes_;  // names of rules
  std::set<std::string> mistakes_seen_;        // places
  std::vector<const kinds::RuleBody*> selected_;
  std::set<std::string> symbols_;  // of all packages
};

// What the kind of one rule may ask for.
class Matching::Sources : public kinds::MatchSources {
 public:
  Sources(Matching& matching, const gotool::Package& listed, const Rule& rule)
      : matching_(matching), listed_(listed), rule_(rule) {}

  const GoPackage& read_hooks() override { return matching_.hooks_.of(rule_); }

  bool find_hook_dependency(const std::string& import_path) override {
    return matching_.hooks_.depend_on(rule_, import_path);
  }

  std::optional<kinds::NamedPackage> read_package(const std::string& import_path) override {
    const auto* listed = matching_.graph_.find(import_path);
    if (!listed) return std::nullopt;
    return kinds::NamedPackage{listed->name, preprocess::read_package(*listed, matching_.reader_)};
  }

  types::SourceFacts& source_facts() override { return matching_.source_facts_; }

  std::optional<std::string> refuse_import(const std::string& path) override {
    if (!listed_.module.local) return "only the user's own packages can be given another import";
    if (matching_.command_.subcommand == "test" && listed_.import_path == gotool::kFilesPackage)
      return "a command that names files can't give it another one";
    return matching_.refuse_import(listed_, path);
  }

 private:
  Matching& matching_;
  const gotool::Package& listed_;
  const Rule& rule_;
};

// What go says of a package by itself decides, as go will load it for the importing one.
std::optional<std::string> Matching::refuse_import(const gotool::Package& importing,
                                                   const std::string& path) {
  auto request = gotool::make_build_request(command_, toolchain_.env.goflags);
  auto graph = gotool::list_build_graph(toolchain_.run, toolchain_.env.go, toolchain_.directory,
                                        gotool::command_for(request, {path}));
  const auto* imported = graph.find(path);
  if (graph.broken || !imported || imported->files.empty() || !graph.missing.empty())
    return fmt::format("go can't load {}", path);
  if (imported->name == "main") return fmt::format("{} is a program", path);
  if (graph.find(importing.import_path))
    return fmt::format("{} imports {}: an import cycle", path, importing.import_path);
  if (!may_import(importing.import_path, path)) return fmt::format("{} is internal to other packages", path);
  if (imported->module.local) preprocess::read_package(*imported, reader_);  // an edit may make a cycle
  return std::nullopt;
}

// Whether the step was done without a mistake. One is thrown on, or kept: of a rule file each place once, of
// a hook each place once for each rule. A mistake in a dependency's rule is a warning: the rule is skipped,
// and that is reported.
bool Matching::attempt(const Rule& rule, const std::function<void()>& step) {
  bool of_dependency = rule.origin == rules::Origin::Dependency;
  if (!mode_.collect_mistakes && !of_dependency) {
    step();
    return true;
  }
  try {
    step();
    return true;
  } catch (const Error& mistake) {
    if (of_dependency && rules_with_mistakes_.insert(rule.name).second) report(rule, mistake.message(), true);
    if (of_dependency) return false;
    auto place = mistake.place().value_or(base::Place());
    auto key = fmt::format("{}:{}:{}", place.file, place.line, place.column);
    if (place.file != rule.place.file) key += " " + rule.name;
    if (mistakes_seen_.insert(key).second) match_.mistakes.push_back(mistake);
    rules_with_mistakes_.insert(rule.name);
    return false;
  }
}

// Weaves in memory, so that every rule is known to be woven, or why not, before the build starts.
void Matching::note_points(const std::vector<const Rule*>& rules, const GoPackage& package,
                           const plan::PackagePlan& plan) {
  std::map<std::string, std::vector<kinds::RuleOutcome>> points;
  for (const auto& point : weave::weave_package(plan, package.files).points) {
    auto place = fmt::format("{}:{}", point.file, point.position.line);
    bool refused = !point.refused.empty();
    points[point.rule].push_back({point.rule, refused ? "" : place,
                                  refused ? fmt::format("{}: {}", place, point.refused) : "", refused});
  }
  for (const auto* rule : rules) {
    if (rules_with_mistakes_.count(rule->name)) continue;
    const auto* selector = kinds::selector(*rule->body);
    if (auto found = points.find(rule->name); found != points.end())
      match_.outcomes.insert(match_.outcomes.end(), found->second.begin(), found->second.end());
    else if (selector && selector->where && gocode::find_function(package, selector->function))
      report(*rule, fmt::format("{} does not match \"where\"", selector->text()), false);
    else if (!rule->is_pattern() && !is_reported(rule->name))
      report(*rule, kinds::missing(*rule->body, package), true);
  }
}

// A rule for several functions that has none.
void Matching::note_unmatched(const plan::Selection& selection) {
  auto known = rules_with_mistakes_;
  for (const auto& outcome : match_.outcomes) known.insert(outcome.rule);
  for (const auto& [rule, package] : selection.selected) {
    if (!rule->is_pattern() || !known.insert(rule->name).second) continue;
    // One that is searched for isn't expected to be found everywhere.
    if (kinds::search(*rule->body)) {
      report(*rule, kinds::missing(*rule->body, {package->import_path, {}}), false);
      continue;
    }
    const auto* selector = kinds::selector(*rule->body);
    report(*rule,
           fmt::format("nothing in {} matches {}{}", rule->package, kinds::subject(*rule->body),
                       selector && selector->where ? " and \"where\"" : ""),
           true);
  }
}

void Matching::note_skipped(const plan::SkippedRule& skipped) {
  const bool is_absent = skipped.not_in_build && skipped.rule->origin == rules::Origin::BuiltIn;
  if (is_absent && !mode_.report_absent) return;
  report(*skipped.rule, skipped.text(), skipped.is_warning);
  match_.outcomes.back().is_absent = is_absent;
}

void Matching::name_libraries(const plan::Selection& selection) {
  std::map<std::string, const std::string*> libraries;
  for (const auto& selected : selection.selected) libraries[selected.rule->name] = &selected.rule->library;
  for (auto& outcome : match_.outcomes)
    if (auto found = libraries.find(outcome.rule); found != libraries.end()) outcome.library = *found->second;
}

bool Matching::is_reported(const std::string& rule) const {
  return std::any_of(match_.outcomes.begin(), match_.outcomes.end(),
                     [&](const auto& outcome) { return outcome.rule == rule; });
}

void Matching::match_package(const gotool::Package& listed, const std::vector<const Rule*>& rules) {
  auto package = preprocess::read_package(listed, reader_);
  plan::PackagePlan plan;
  plan.package = package.path;
  plan.prefix = gocode::choose_prefix(package);
  for (const auto* rule : rules) {
    Sources sources(*this, listed, *rule);
    auto step = [&](const std::function<void()>& part) { return attempt(*rule, part); };
    kinds::PackageMatch into{package, plan.prefix, sources, step, selected_, symbols_, plan.weaves, match_};
    attempt(*rule, [&] { kinds::match(*rule->body, *rule, into); });
  }
  note_points(rules, package, plan);
  if (!plan.empty()) match_.packages.push_back(std::move(plan));
}

Match Matching::run(const plan::Selection& selection) {
  std::map<const gotool::Package*, std::vector<const Rule*>> by_package;
  for (const auto& [rule, package] : selection.selected) {
    selected_.push_back(rule->body.get());
    by_package[package].push_back(rule);
  }
  for (const auto& [listed, rules] : by_package) match_package(*listed, rules);
  note_unmatched(selection);
  for (const auto& skipped : selection.skipped) note_skipped(skipped);
  name_libraries(selection);
  std::sort(match_.packages.begin(), match_.packages.end(),
            [](const auto& a, const auto& b) { return a.package < b.package; });
  std::stable_sort(match_.outcomes.begin(), match_.outcomes.end(),
                   [](const auto& a, const auto& b) { return a.rule < b.rule; });
  return std::move(match_);
}

}  // namespace

Match match_rules(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
                  const gotool::BuildGraph& graph, const plan::Selection& selection,
                  plan::InputReader& reader, MatchMode mode) {
  return Matching(toolchain, command, graph, reader, mode).run(selection);
}

}  // namespace otel::preprocess
