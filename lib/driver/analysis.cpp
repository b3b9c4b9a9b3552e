// SPDX-License-Identifier: Apache-2.0
#include "driver/analysis.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "driver/generated_files.h"
#include "driver/matching.h"
#include "driver/module_completion.h"
#include "driver/rule_files.h"
#include "gotool/package_pattern.h"
#include "gotool/tool_command.h"
#include "plan/module_files.h"
#include "plan/selection.h"

namespace otel::driver {
namespace {

using base::Path;
using gotool::BuildGraph;
using gotool::GoCommand;
using plan::BuildPlan;

// A plan that changes nothing, with the reason on stderr.
BuildPlan plain_build(const Site& site, const std::string& reason) {
  auto text = fmt::format("{}; built without instrumentation", reason);
  if (site.options.strict) throw base::Error(text);
  BuildPlan plan;
  plan.warnings.push_back(text);
  return plan;
}

// Why this kind of build can't be woven; nothing for modules of their own.
std::optional<std::string> refuse_project(const Site& site, const GoCommand& command, plan::Inputs& inputs) {
  const auto& go = site.go;
  if (!go.work_file.empty() && go.work_file != "off") return "this is a workspace (" + go.work_file + ")";
  if (go.module_file.empty() || go.module_file == "/dev/null") return "there is no go.mod here";
  auto mod = command.value("mod");
  for (const auto& flag : gotool::parse_goflags(go.goflags))
    if (flag.name == "mod" && !mod) mod = flag.value;
  auto vendor_list = Path(go.module_file).parent_path() / "vendor" / "modules.txt";
  inputs.read_whole(vendor_list);
  bool vendored = std::filesystem::exists(vendor_list);
  if (mod ? *mod == "vendor" : vendored) return "the dependencies are vendored";
  return std::nullopt;
}

// Rules that support others are for packages that the run time brings along; those that the user's program
// doesn't have yet are listed apart.
void add_support_packages(const Site& site, const GoCommand& command, const std::vector<rules::Rule>& rules,
                          BuildGraph& graph) {
  std::set<std::string> missing;
  for (const auto& rule : rules)
    if (rule.support && !graph.find(rule.package)) missing.insert(rule.package);
  if (missing.empty()) return;
  auto ask = command;
  ask.arguments.assign(missing.begin(), missing.end());
  for (auto& package : gotool::list_build_graph(site.run, site.go.go, site.folder, ask).packages) {
    if (graph.find(package.import_path)) continue;
    package.named = false;
    graph.packages.push_back(std::move(package));
  }
}

// The go.mod that a folder belongs to.
Path module_file_above(Path folder) {
  while (!std::filesystem::exists(folder / "go.mod") && folder.has_relative_path())
    folder = folder.parent_path();
  return folder / "go.mod";
}

// Of a local package every Go file counts, also one that a build constraint keeps out today.
void read_local_package(const gotool::Package& package, plan::Inputs& inputs) {
  inputs.read_folder(package.folder);
  for (const auto& name : base::list_folder(package.folder)) {
    bool test = name.size() > 8 && name.substr(name.size() - 8) == "_test.go";
    if (!test && Path(name).extension() == ".go") inputs.read_head(Path(package.folder) / name);
  }
}

void read_local_inputs(const Site& site, const GoCommand& command, const BuildGraph& graph,
                       plan::Inputs& inputs) {
  Path module_file =
      command.value("modfile") ? site.folder / *command.value("modfile") : Path(site.go.module_file);
  inputs.read_whole(module_file);
  inputs.read_whole(Path(module_file).replace_extension(".sum"));
  std::set<Path> module_files;
  for (const auto& package : graph.packages) {
    if (!package.module.local) continue;
    read_local_package(package, inputs);
    module_files.insert(module_file_above(package.folder));
  }
  for (const auto& file : module_files) inputs.read_whole(file);
  // A wildcard also finds packages that aren't there yet, in any folder of the module.
  bool wildcard =
      std::any_of(command.arguments.begin(), command.arguments.end(),
                  [](const std::string& argument) { return argument.find("...") != std::string::npos; });
  if (!wildcard) return;
  std::error_code failed;
  auto root = Path(site.go.module_file).parent_path();
  inputs.read_folder(root);
  for (auto at = std::filesystem::recursive_directory_iterator(root, failed);
       at != std::filesystem::recursive_directory_iterator(); ++at) {
    if (!at->is_directory(failed)) continue;
    auto name = at->path().filename().string();
    if (name[0] == '.' || name[0] == '_')
      at.disable_recursion_pending();
    else
      inputs.read_folder(at->path());
  }
}

void add_gcflags(const Site& site, const GoCommand& command, const BuildGraph& graph, const Match& match,
                 BuildPlan& plan) {
  std::vector<std::string> user;
  for (const auto& flag : gotool::parse_goflags(site.go.goflags))
    if (flag.name == "gcflags") user.push_back(flag.value);
  for (const auto& flag : command.flags)
    if (flag.name == "gcflags") user.push_back(flag.value);
  for (const auto& package : match.packages) {
    auto text = plan::render_package_plan(package);
    auto digest = plan::package_plan_digest(text);
    base::write_file(site.cache / "packages" / (digest + ".plan"), text);
    const auto* listed = graph.find(package.package);
    auto flags = gotool::per_package_flags(
        user, {listed->import_path, listed->folder, listed->named, listed->standard}, site.folder.string());
    plan.flags.push_back({"gcflags", fmt::format("{}={}{}{}{}", package.package, flags,
                                                 flags.empty() ? "" : " ", gotool::kMarker, digest)});
  }
}

void add_toolexec(const Site& site, const GoCommand& command, BuildPlan& plan) {
  auto given = command.value("toolexec");
  for (const auto& flag : gotool::parse_goflags(site.go.goflags))
    if (flag.name == "toolexec" && !given) given = flag.value;
  auto user = gotool::split_quoted(given.value_or(""));
  if (!user) throw base::Error(fmt::format("-toolexec={}: a quote is not closed", *given));
  std::vector<std::string> words = {site.self, "toolexec", (site.cache / "packages").string(),
                                    fmt::format("{}", user->size())};
  words.insert(words.end(), user->begin(), user->end());
  plan.flags.push_back({"toolexec", gotool::join_quoted(words)});
}

// Overlay, go.mod and go.sum: the user's with ours added.
void add_files(const Site& site, const GoCommand& command, const BuildGraph& graph, const Match& match,
               BuildPlan& plan) {
  Path mod_file =
      command.value("modfile") ? site.folder / *command.value("modfile") : Path(site.go.module_file);
  auto mod_text = base::read_file(mod_file);
  auto sum_text = base::read_file_if_present(Path(mod_file).replace_extension(".sum")).value_or("");
  auto user = gotool::parse_module_file(mod_text);
  auto overlay = write_generated_files(site, graph, match, user);
  if (auto given = command.value("overlay"))
    for (const auto& [path, backing] :
         plan::parse_overlay(*given, base::read_file(site.folder / *given), site.folder.string()))
      overlay.emplace(path, backing);
  auto overlay_file = write_generated(site, "overlay.json", plan::render_overlay(overlay));
  auto completed = complete_module(site, command, mod_text, sum_text, overlay_file);
  plan.warnings.insert(plan.warnings.end(), completed.warnings.begin(), completed.warnings.end());
  plan.flags.push_back({"overlay", overlay_file});
  plan.flags.push_back({"modfile", completed.mod_file});
}

void tell_outcomes(const Site& site, BuildPlan& plan) {
  for (const auto& outcome : plan.outcomes) {
    if (!outcome.telling) continue;
    auto text = fmt::format("rule {} is not woven: {}", outcome.rule, outcome.reason);
    if (site.options.strict) throw base::Error(text);
    plan.warnings.push_back(text);
  }
}

// Where files are named instead of packages, the generated one must be named too, in the same folder and the
// same words.
std::optional<std::string> main_file_argument(const GoCommand& command) {
  if (command.arguments.empty() || Path(command.arguments[0]).extension() != ".go") return std::nullopt;
  auto slash = command.arguments[0].rfind('/');
  return command.arguments[0].substr(0, slash == std::string::npos ? 0 : slash + 1) + std::string(kMainFile);
}

}  // namespace

std::optional<BuildPlan> analyse(const Site& site, const GoCommand& command, plan::Inputs& inputs) {
  auto rule_files = find_rule_files(site.options.rules);
  for (const auto& file : rule_files) inputs.read_whole(file);
  auto rules = read_rules(rule_files);
  if (auto refused = refuse_project(site, command, inputs)) return plain_build(site, *refused);

  auto graph = gotool::list_build_graph(site.run, site.go.go, site.folder, command);
  if (graph.broken) return std::nullopt;
  read_local_inputs(site, command, graph, inputs);
  auto user = gotool::parse_module_file(base::read_file(site.go.module_file));
  if (plan::choose_otel_version(user).version.empty())
    return plain_build(
        site, fmt::format("go.mod says go {}, and no OpenTelemetry release fits below go 1.20", user.go));

  add_support_packages(site, command, rules, graph);
  auto selection = plan::select_rules(rules, graph, site.go.version, site.options.disable);
  bool has_main = std::any_of(graph.packages.begin(), graph.packages.end(),
                              [](const auto& package) { return package.named && package.name == "main"; });
  BuildPlan plan;
  auto match = match_rules(site, command, graph, selection, inputs);
  plan.outcomes = match.outcomes;
  tell_outcomes(site, plan);
  if (selection.empty() || !has_main) return plan;
  auto woven = command;
  if (auto file = main_file_argument(command)) {
    plan.arguments.push_back(*file);
    woven.arguments.push_back(*file);
  }
  add_files(site, woven, graph, match, plan);
  add_gcflags(site, command, graph, match, plan);
  add_toolexec(site, command, plan);
  return plan;
}

}  // namespace otel::driver
