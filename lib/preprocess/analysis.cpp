// SPDX-License-Identifier: Apache-2.0
#include "preprocess/analysis.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "gotool/package_pattern.h"
#include "gotool/tool_command.h"
#include "observe/stages.h"
#include "plan/module_files.h"
#include "plan/sdk_fit.h"
#include "plan/selection.h"
#include "preprocess/generated_files.h"
#include "preprocess/matching.h"
#include "preprocess/module_completion.h"
#include "preprocess/narrowing.h"
#include "preprocess/project.h"
#include "preprocess/rule_files.h"
#include "syntax/unicode.h"

namespace otel::preprocess {
namespace {

using base::Path;
using gotool::BuildGraph;
using gotool::GoCommand;
using plan::BuildPlan;

// A plan that changes nothing, with the reason on stderr.
BuildPlan plain_build(const cli::Site& site, const std::string& reason) {
  auto text = fmt::format("{}; built without instrumentation", reason);
  if (site.options.strict) throw base::Error(text);
  BuildPlan plan;
  plan.warnings.push_back(text);
  return plan;
}

// Vendored sources lie where the user may edit them.
void mark_vendored(const Project& project, BuildGraph& graph) {
  auto vendor = (project.root / "vendor").string() + "/";
  for (auto& package : graph.packages)
    if (package.folder.compare(0, vendor.size(), vendor) == 0) package.module.local = true;
}

// The go.mod that a folder belongs to.
Path module_file_above(Path folder) {
  while (!base::find_any(folder / "go.mod") && folder.has_relative_path()) folder = folder.parent_path();
  return folder / "go.mod";
}

// Of a local package every Go file counts, also one that a build constraint keeps out today; its tests where
// they are built.
void read_local_package(const gotool::Package& package, bool with_tests, plan::Inputs& inputs) {
  inputs.read_folder(package.folder);
  for (const auto& name : base::list_folder(package.folder))
    if (Path(name).extension() == ".go" && (with_tests || !name.ends_with("_test.go")))
      inputs.read_head(Path(package.folder) / name);
}

void read_local_inputs(const Project& project, const GoCommand& command, const BuildGraph& graph,
                       plan::Inputs& inputs) {
  std::set<Path> module_files;
  for (const auto& package : graph.packages) {
    if (!package.module.local) continue;
    read_local_package(package, command.verb == "test" && package.named, inputs);
    module_files.insert(module_file_above(package.folder));
  }
  for (const auto& file : module_files) inputs.read_whole(file);
  // A wildcard also finds packages that aren't there yet, in any folder of the module.
  bool wildcard =
      std::any_of(command.arguments.begin(), command.arguments.end(),
                  [](const std::string& argument) { return argument.find("...") != std::string::npos; });
  if (!wildcard) return;
  inputs.read_folder(project.root);
  auto has_packages = [](std::string_view name) { return name[0] != '.' && name[0] != '_'; };
  for (const auto& folder : base::list_folders_below(project.root, has_packages))
    if (has_packages(folder.filename().native())) inputs.read_folder(folder);
}

// What the run time alone links isn't in the graph.
gotool::PatternSubject subject_of(const BuildGraph& graph, const std::string& package) {
  const auto* listed = graph.find(package);
  if (!listed) return {package, "", false, false, false};
  return {package, listed->folder, listed->named, listed->standard, listed->module.main};
}

// A raised module is in another folder than the one that was listed.
bool is_raised(const BuildGraph& graph, const std::string& package, const std::vector<plan::Raise>& raises) {
  const auto* listed = graph.find(package);
  return listed && std::any_of(raises.begin(), raises.end(),
                               [&](const auto& raise) { return raise.path == listed->module.path; });
}

// Patterns are of folders, but of import paths for what is raised, for what is in a folder of a named
// package, which may be there as "command-line-arguments" too, and for the last: binaries record it, whatever
// machine they are made on.
void add_gcflags(const cli::Site& site, const GoCommand& command, const BuildGraph& graph, const Match& match,
                 plan::Inputs& inputs, BuildPlan& plan) {
  std::vector<std::string> user;
  for (const auto& flag : gotool::parse_goflags(site.go.goflags))
    if (flag.name == "gcflags") user.push_back(flag.value);
  for (const auto& flag : command.flags)
    if (flag.name == "gcflags") user.push_back(flag.value);
  std::set<std::string> named;
  for (const auto& package : graph.packages)
    if (package.named) named.insert(package.folder);
  for (const auto& package : match.packages) {
    auto text = plan::render_package_plan(package);
    auto digest = plan::package_plan_digest(text);
    auto file = site.cache / "packages" / (digest + ".plan");
    base::write_file(file, text);
    inputs.read_generated(file);
    auto subject = subject_of(graph, package.package);
    auto flags = gotool::per_package_flags(user, subject, site.folder.string());
    std::string pattern;
    if (&package != &match.packages.back() && named.count(subject.folder) == 0 &&
        !is_raised(graph, package.package, plan.raises))
      pattern = gotool::relative_pattern(subject.folder, site.folder.string());
    // go would look for it as a regular expression, and panic.
    if (pattern.empty() || !syntax::is_utf8(pattern)) pattern = package.package;
    plan.flags.push_back({"gcflags", fmt::format("{}={}{}{}{}", pattern, flags, flags.empty() ? "" : " ",
                                                 gotool::kMarker, digest)});
  }
}

void add_toolexec(const cli::Site& site, const GoCommand& command, BuildPlan& plan) {
  auto given = gotool::effective_value(command, site.go.goflags, "toolexec");
  auto user = gotool::split_quoted(given.value_or(""));
  if (!user) throw base::Error(fmt::format("-toolexec={}: a quote is not closed", *given));
  // The last -overlay is ours.
  auto overlay = std::find_if(plan.flags.rbegin(), plan.flags.rend(),
                              [](const auto& flag) { return flag.name == "overlay"; });
  std::vector<std::string> words = {site.self, "toolexec", (site.cache / "packages").string(), overlay->value,
                                    fmt::format("{}", user->size())};
  words.insert(words.end(), user->begin(), user->end());
  plan.flags.push_back({"toolexec", gotool::join_quoted(words)});
}

// The user's own overlay.
plan::Overlay read_overlay(const cli::Site& site, const GoCommand& command, BuildGraph& graph,
                           plan::Inputs& inputs) {
  auto given = gotool::effective_value(command, site.go.goflags, "overlay");
  if (!given || given->empty()) return {};
  auto file = site.folder / *given;
  inputs.read_whole(file);
  auto overlay = plan::parse_overlay(*given, base::read_file(file), site.folder.string());
  for (const auto& [path, backing] : overlay) {
    if (Path(path).extension() != ".go" || backing.empty()) continue;
    inputs.read_head(backing);
    for (auto& package : graph.packages)
      if (Path(path).parent_path() == package.folder) package.overlaid[Path(path).filename()] = backing;
  }
  return overlay;
}

// Why go can't be shown the files, if so.
std::optional<std::string> refuse_names(const cli::Site& site, const Project& project,
                                        plan::Overlay overlay) {
  overlay[(project.root / "go.mod").string()] = (site.cache / "generated").string();
  auto named = plan::find_unwritable(overlay, site.folder.string());
  if (!named) return std::nullopt;
  return fmt::format("{} has a name that is not UTF-8, and go's overlays can't have it", *named);
}

// Overlay, go.mod and go.sum: the user's with ours added. Why they can't be, if so.
std::optional<std::string> add_files(const cli::Site& site, const GoCommand& command, const Project& project,
                                     const BuildGraph& graph, const Match& match,
                                     const plan::Overlay& overlay, plan::Inputs& inputs, BuildPlan& plan) {
  observe::begin_stage("generate files");
  auto generated = write_generated_files(site, command, project, graph, match);
  if (auto refused = refuse_names(site, project, generated.overlay)) return refused;
  generated.overlay.insert(overlay.begin(), overlay.end());
  observe::begin_stage("complete go.mod");
  auto completed = complete_module(site, command, project, graph, generated);
  // Go removes folders from the module cache only when it is told to; then they must be fetched anew.
  inputs.read_generated(Path(site.go.module_cache) / plan::sdk_folder(project.linked) / "go.mod");
  plan.raises = completed.raises;
  plan.flags.push_back(
      {"overlay",
       write_generated(site, "overlay.json", plan::render_overlay(completed.overlay, site.folder.string()))});
  plan.flags.insert(plan.flags.end(), completed.flags.begin(), completed.flags.end());
  inputs.read_generated(plan.flags.front().value);
  for (const auto& file : completed.files) inputs.read_generated(file);
  for (const auto& [path, backing] : completed.overlay)
    if (base::lies_in(backing, site.cache.string())) inputs.read_generated(backing);
  if (base::lies_in(generated.runtime.string(), site.cache.string()))
    for (const auto& file : base::list_files_below(generated.runtime)) inputs.read_generated(file);
  return std::nullopt;
}

// Where no other rule fits, the rules that support them aren't woven either: the build is plain.
void leave_outcomes(BuildPlan& plan) {
  for (auto& outcome : plan.outcomes)
    if (!outcome.place.empty())
      outcome = {outcome.rule, "", "it only supports other rules, and none fits", false};
}

void tell_outcomes(const cli::Site& site, BuildPlan& plan) {
  for (const auto& outcome : plan.outcomes) {
    if (!outcome.telling) continue;
    auto text = fmt::format("rule {} is not woven: {}", outcome.rule, outcome.reason);
    if (site.options.strict) throw base::Error(text);
    plan.warnings.push_back(text);
  }
}

// The SDK is compiled with the versions that the program has of what they share.
void fit_sdk(const Project& project, Match& match) {
  auto fit = plan::fit_sdk_resource(project.linked);
  if (!fit) return;
  auto same = std::find_if(match.packages.begin(), match.packages.end(),
                           [&](const auto& package) { return package.package == fit->package; });
  if (same == match.packages.end())
    match.packages.push_back(std::move(*fit));
  else
    same->calls.insert(same->calls.end(), fit->calls.begin(), fit->calls.end());
}

std::string describe_raises(const Project& project, const std::vector<plan::Raise>& raises) {
  std::vector<std::string> names;
  for (const auto& raise : raises)
    names.push_back(fmt::format("{} {} => {}", raise.path, raise.from, raise.to));
  auto needed = plan::choose_otel_version(project.linked);
  auto why = needed.raised_from.empty()
                 ? fmt::format("OpenTelemetry {} needs newer modules than the program has", needed.version)
                 : fmt::format("OpenTelemetry {} is too old to weave, {} is the oldest that can be",
                               needed.raised_from, plan::kOldestOtel);
  return fmt::format("{}: {}", why, base::join(names, ", "));
}

// What --deps says to modules of the program that rise: a plain build instead, or nothing.
std::optional<BuildPlan> judge_raises(const cli::Site& site, const Project& project, const BuildGraph& graph,
                                      const std::vector<plan::Raise>& raises) {
  if (raises.empty() || site.options.deps == cli::DepsPolicy::Raise) return std::nullopt;
  auto text = describe_raises(project, raises);
  if (site.options.deps == cli::DepsPolicy::Strict)
    throw base::Error("--deps=strict: " + text).hint("raise these in go.mod, or choose --deps=warn or keep");
  if (site.options.deps == cli::DepsPolicy::Keep) return plain_build(site, "--deps=keep: " + text);
  if (const auto* broken = plan::find_broken_by(raises, graph))
    return plain_build(site, fmt::format("{}, with which {} may not compile (--deps=raise tries it)", text,
                                         broken->import_path));
  return std::nullopt;
}

// Where files are named instead of packages, the generated ones must be named too, in the same folder and the
// same words.
std::vector<std::string> generated_file_arguments(const cli::Site& site, const GoCommand& command,
                                                  const BuildGraph& graph) {
  if (!command.names_files()) return {};
  auto slash = command.arguments[0].rfind('/');
  auto folder = command.arguments[0].substr(0, slash == std::string::npos ? 0 : slash + 1);
  std::vector<std::string> files = {folder + std::string(command.verb == "test" ? kTestFile : kMainFile)};
  if (std::any_of(graph.packages.begin(), graph.packages.end(),
                  [&](const auto& package) { return is_library_of_c(site, command, package); }))
    files.push_back(folder + std::string(kExitFile));
  return files;
}

// The binaries that can't be woven, since nothing can be added to their main package.
void warn_of_fixed_mains(const GoCommand& command, const BuildGraph& graph, BuildPlan& plan) {
  if (command.verb == "test") return;
  for (const auto& package : graph.packages)
    if (package.named && package.name == "main" && !package.standard && !is_start_package(command, package))
      plan.warnings.push_back(fmt::format(
          "{} is in the module cache, where nothing can be added to it; built without instrumentation",
          package.import_path));
}

// What the run time can't import is in a build only if the program's own build has it.
bool is_importable(std::string_view package) {
  return package.find("/internal/") == std::string_view::npos;
}

}  // namespace

void add_support_packages(const GoCommand& command, const std::vector<rules::Rule>& rules,
                          ListedGraphs& listed, BuildGraph& graph) {
  std::set<std::string> missing;
  for (const auto& rule : rules)
    if (rule.support && rule.set_aside.empty() && !rules::is_package_pattern(rule.package) &&
        is_importable(rule.package) && !graph.find(rule.package))
      missing.insert(rule.package);
  if (missing.empty()) return;
  auto ask = command;
  ask.arguments.assign(missing.begin(), missing.end());
  for (auto& package : listed.list(ask).packages) {
    if (graph.find(package.import_path)) continue;
    package.named = false;
    graph.packages.push_back(std::move(package));
  }
}

std::optional<BuildPlan> analyse(const cli::Site& site, const GoCommand& command, plan::Inputs& inputs) {
  observe::begin_stage("read rule files");
  auto sources = read_rule_sources(site, inputs);
  if (command.names_version())
    return plain_build(site,
                       fmt::format("{} is taken from the module cache, where nothing can be added to it",
                                   command.arguments[0]));
  observe::begin_stage("list packages and modules");
  plan::Inputs made_of;  // the graph is
  auto found = read_project(site, command, made_of);
  ListedGraphs listed(site, command);
  auto graph = listed.list(command);
  if (graph.broken) return std::nullopt;
  if (const auto* refused = std::get_if<std::string>(&found)) {
    inputs.add(made_of);
    return plain_build(site, *refused);
  }
  observe::begin_stage("read the program's own files");
  auto& project = std::get<Project>(found);
  auto overlay = read_overlay(site, command, graph, made_of);
  add_linked_versions(graph, project);
  if (project.vendored) mark_vendored(project, graph);
  if (listed.made_of())
    made_of = *listed.made_of();
  else
    read_local_inputs(project, command, graph, made_of);
  inputs.add(made_of);
  BuildPlan plan;
  warn_of_fixed_mains(command, graph, plan);
  bool starts = std::any_of(graph.packages.begin(), graph.packages.end(),
                            [&](const auto& package) { return is_start_package(command, package); });
  if (!starts) return plan;
  if (plan::choose_otel_version(project.linked).version.empty())
    return plain_build(site, fmt::format("go.mod says go {}, and no OpenTelemetry release fits below go 1.20",
                                         project.user.go));

  observe::begin_stage("select rules");
  auto merged = merge_rule_sources(site, sources, graph, inputs);
  const auto& rules = merged.rules;
  for (auto& warning : merged.warnings) {
    if (site.options.strict) throw base::Error(warning);
    plan.warnings.push_back(std::move(warning));
  }
  add_support_packages(command, rules, listed, graph);
  listed.keep(made_of);
  auto selection = plan::select_rules(rules, graph, site.go.version, site.options.disable);
  narrow_selection(graph, selection);
  observe::begin_stage("match rules against sources");
  auto match = match_rules(site, command, graph, selection, inputs);
  plan.outcomes = match.outcomes;
  tell_outcomes(site, plan);
  if (selection.empty()) {
    leave_outcomes(plan);
    return plan;
  }
  auto woven = command;
  for (const auto& file : generated_file_arguments(site, command, graph)) {
    plan.arguments.push_back(file);
    woven.arguments.push_back(file);
  }
  // Packages that a raise takes away would be errors in the completion.
  if (auto plain = judge_raises(site, project, graph, plan::expected_raises(project.linked))) return plain;
  fit_sdk(project, match);
  if (auto refused = add_files(site, woven, project, graph, match, overlay, inputs, plan))
    return plain_build(site, *refused);
  if (auto plain = judge_raises(site, project, graph, plan.raises)) return plain;
  if (!plan.raises.empty() && site.options.deps == cli::DepsPolicy::Warn)
    plan.warnings.push_back(describe_raises(project, plan.raises) + " in this build; go.mod stays as it is");
  observe::begin_stage("write package plans");
  add_gcflags(site, command, graph, match, inputs, plan);
  add_toolexec(site, command, plan);
  return plan;
}

}  // namespace otel::preprocess
