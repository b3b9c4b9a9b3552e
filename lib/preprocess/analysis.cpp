// SPDX-License-Identifier: Apache-2.0
#include "preprocess/analysis.h"

#include <algorithm>
#include <fmt/format.h>
#include <variant>

#include "base/error.h"
#include "base/text.h"
#include "observe/stage_clock.h"
#include "plan/module_files.h"
#include "plan/sdk_fit.h"
#include "plan/selection.h"
#include "preprocess/build_match.h"
#include "preprocess/generated_files.h"
#include "preprocess/module_completion.h"
#include "preprocess/plan_flags.h"
#include "preprocess/project.h"
#include "preprocess/rule_files.h"

namespace otel::preprocess {
namespace {

using base::Path;
using gotool::BuildGraph;
using gotool::GoCommand;
using plan::BuildPlan;

// A plan that changes nothing, with the reason on stderr.
BuildPlan plain_build(const cli::Options& options, const std::string& reason) {
  auto text = fmt::format("{}; built without instrumentation", reason);
  if (options.strict) throw base::Error(text);
  BuildPlan plan;
  plan.warnings.push_back(text);
  return plan;
}

// Overlay, go.mod and go.sum: the user's with the additions. The overlay's file comes first.
struct AddedFiles {
  std::string overlay;
  std::vector<gotool::GoFlag> flags;
  std::vector<plan::Raise> raises;
};

// Why go can't be shown the files, if so.
std::optional<std::string> refuse_names(const Path& directory, const OwnCache& cache, const Project& project,
                                        plan::Overlay overlay) {
  overlay[(project.root / "go.mod").string()] = (cache.directory() / "generated").string();
  auto named = plan::find_unwritable(overlay, directory.string());
  if (!named) return std::nullopt;
  return fmt::format("the path {} is not UTF-8, which go's overlays don't support", *named);
}

AddedFiles add_files(const gotool::Toolchain& toolchain, const OwnCache& cache,
                     const gotool::BuildRequest& request, const Project& project, const BuildGraph& graph,
                     const GeneratedFiles& generated, WrittenFiles written, const plan::Overlay& overlay,
                     plan::InputReader& reader) {
  written.overlay.insert(overlay.begin(), overlay.end());
  observe::begin_stage("complete go.mod");
  auto completed = complete_module(toolchain, cache, request.command, project, graph, written);
  // Go removes directories from the module cache only on request; then they must be fetched again.
  reader.note_generated(Path(toolchain.env.module_cache) / plan::sdk_directory(project.linked) / "go.mod");
  auto file = cache.write_generated("overlay.json",
                                    plan::render_overlay(completed.overlay, toolchain.directory.string()));
  AddedFiles added{file, {{"overlay", file}}, completed.raises};
  added.flags.insert(added.flags.end(), completed.flags.begin(), completed.flags.end());
  reader.note_generated(file);
  for (const auto& path : completed.files) reader.note_generated(path);
  for (const auto& [path, backing] : completed.overlay)
    if (cache.holds(backing)) reader.note_generated(backing);
  for (const auto& [path, text] : generated.written) reader.note_generated(path);
  return added;
}

void report_outcomes(const cli::Options& options, BuildPlan& plan) {
  for (const auto& outcome : plan.outcomes) {
    if (!outcome.is_warning) continue;
    auto text = fmt::format("rule {} is not woven: {}", outcome.rule, outcome.reason);
    if (options.strict) throw base::Error(text);
    plan.warnings.push_back(text);
  }
}

// What is wrong with rules of dependencies is a warning, and under --strict an Error.
void report_warnings(const cli::Options& options, std::vector<std::string>& warnings, BuildPlan& plan) {
  for (auto& warning : warnings) {
    if (options.strict) throw base::Error(warning);
    plan.warnings.push_back(std::move(warning));
  }
}

// Whose resource is described by the program alone, without our set-up.
void leave_out_detectors(Match& match) {
  for (auto& outcome : match.outcomes)
    if (match.detectors.count(outcome.rule))
      outcome = {outcome.rule, "", "with --no-sdk the program sets up its resource itself", false,
                 outcome.library};
  match.detectors.clear();
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
    same->weaves.insert(same->weaves.end(), fit->weaves.begin(), fit->weaves.end());
}

std::string describe_raises(const Project& project, const std::vector<plan::Raise>& raises) {
  std::vector<std::string> names;
  for (const auto& raise : raises)
    names.push_back(fmt::format("{} {} => {}", raise.path, raise.from, raise.to));
  auto needed = plan::choose_otel_version(project.linked);
  auto why = needed.raised_from.empty()
                 ? fmt::format("OpenTelemetry {} needs newer modules than the program has", needed.version)
                 : fmt::format("OpenTelemetry {} is too old to weave (oldest supported: {})",
                               needed.raised_from, plan::kOldestOtel);
  return fmt::format("{}: {}", why, base::join(names, ", "));
}

// Applies --deps to modules of the program that are raised: a plain build instead, or nothing.
std::optional<BuildPlan> judge_raises(const cli::Options& options, const Project& project,
                                      const BuildGraph& graph, const std::vector<plan::Raise>& raises) {
  if (raises.empty() || options.deps == cli::DepsPolicy::Raise) return std::nullopt;
  auto text = describe_raises(project, raises);
  if (options.deps == cli::DepsPolicy::Strict)
    throw base::Error("--deps=strict: " + text)
        .hint("upgrade these in go.mod, or use --deps=warn or --deps=keep");
  if (options.deps == cli::DepsPolicy::Keep) return plain_build(options, "--deps=keep: " + text);
  if (const auto* broken = plan::find_broken_by(raises, graph))
    return plain_build(options, fmt::format("{}, with which {} may not compile (--deps=raise tries it)", text,
                                            broken->import_path));
  return std::nullopt;
}

// Where files are named instead of packages, the generated ones must be named too, in the same directory and
// the same arguments.
std::vector<std::string> generated_file_arguments(const gotool::BuildRequest& request,
                                                  const BuildGraph& graph, bool no_sdk) {
  const auto& command = request.command;
  if (!command.names_files()) return {};
  auto slash = command.arguments[0].rfind('/');
  auto directory = command.arguments[0].substr(0, slash == std::string::npos ? 0 : slash + 1);
  std::vector<std::string> files = {directory +
                                    std::string(command.subcommand == "test" ? kTestFile : kMainFile)};
  if (std::any_of(graph.packages.begin(), graph.packages.end(),
                  [&](const auto& package) { return is_library_of_c(request, package, no_sdk); }))
    files.push_back(directory + std::string(kExitFile));
  return files;
}

// The binaries that can't be woven, since nothing can be added to their main package.
void warn_of_unwoven_mains(const GoCommand& command, const BuildGraph& graph, BuildPlan& plan) {
  if (command.subcommand == "test") return;
  for (const auto& package : graph.packages)
    if (package.named && package.name == "main" && !package.standard && !is_start_package(command, package))
      plan.warnings.push_back(
          fmt::format("{} is in the module cache, where files cannot be added; built without instrumentation",
                      package.import_path));
}

// What is woven where, to the plan that does it.
BuildPlan plan_weaving(const gotool::Toolchain& toolchain, const OwnCache& cache, const cli::Options& options,
                       const gotool::BuildRequest& request, const LoadedBuild& loaded, Match match,
                       BuildPlan plan, plan::InputReader& reader) {
  const auto& [project, graph, overlay] = loaded;
  auto woven = request;
  plan.arguments = generated_file_arguments(request, graph, options.no_sdk);
  woven.command.arguments.insert(woven.command.arguments.end(), plan.arguments.begin(), plan.arguments.end());
  // Packages that a raise takes away would be errors in the completion.
  if (auto plain = judge_raises(options, project, graph, plan::expected_raises(project.linked)))
    return *plain;
  fit_sdk(project, match);
  observe::begin_stage("generate files");
  auto generated = generate_files({toolchain.env.version, cache.directory() / "runtimes", options.no_sdk},
                                  woven, project, graph, match);
  auto written = write_generated_files(generated, cache);
  if (auto refused = refuse_names(toolchain.directory, cache, project, written.overlay))
    return plain_build(options, *refused);
  auto added =
      add_files(toolchain, cache, woven, project, graph, generated, std::move(written), overlay, reader);
  if (auto plain = judge_raises(options, project, graph, added.raises)) return *plain;
  plan.raises = added.raises;
  if (!plan.raises.empty() && options.deps == cli::DepsPolicy::Warn)
    plan.warnings.push_back(describe_raises(project, plan.raises) + " in this build; go.mod is unchanged");
  observe::begin_stage("write package plans");
  auto named = name_plans(match.packages);
  for (const auto& entry : named) reader.note_generated(cache.write_package_plan(entry.digest, entry.text));
  plan.flags = added.flags;
  auto gcflags = make_gcflags(toolchain.directory, request, graph, named, plan.raises);
  plan.flags.insert(plan.flags.end(), gcflags.begin(), gcflags.end());
  plan.flags.push_back(make_toolexec(cache, request.settings, added.overlay));
  return plan;
}

}  // namespace

std::optional<Analysis> analyse(const gotool::Toolchain& toolchain, const OwnCache& cache,
                                const cli::Options& options, const gotool::BuildRequest& request,
                                bool report_absent) {
  const auto& command = request.command;
  plan::InputReader reader(cache.files());
  auto done = [&](BuildPlan plan) { return Analysis{std::move(plan), reader.inputs()}; };

  observe::begin_stage("read rule files");
  auto sources = read_rule_sources(toolchain, options, reader);
  if (command.names_version())
    return done(plain_build(options, fmt::format("{} is in the module cache, where files cannot be added",
                                                 command.arguments[0])));
  ListedGraphs listed(toolchain, cache, command);
  plan::InputReader graph_reader(cache.files());
  auto found = load_build(toolchain, cache, request, listed, graph_reader);
  if (!found) return std::nullopt;
  const auto* refused = std::get_if<std::string>(&*found);
  auto graph_inputs = listed.earlier_inputs() && !refused ? *listed.earlier_inputs() : graph_reader.inputs();
  reader.note(graph_inputs);
  if (refused) return done(plain_build(options, *refused));

  auto& loaded = std::get<LoadedBuild>(*found);
  auto& [project, graph, overlay] = loaded;
  BuildPlan plan;
  warn_of_unwoven_mains(command, graph, plan);
  bool starts = std::any_of(graph.packages.begin(), graph.packages.end(),
                            [&](const auto& package) { return is_start_package(command, package); });
  // Packages of hooks can't be compiled without the support module, also where no program is built.
  if (!starts && graph.missing.empty()) return done(plan);
  if (plan::choose_otel_version(project.linked).version.empty())
    return done(plain_build(
        options, fmt::format("go.mod has go {}, and OpenTelemetry needs go 1.20 or later", project.user.go)));

  observe::begin_stage("select rules");
  auto merged = merge_rule_sources(toolchain, options, std::move(sources), graph, reader);
  report_warnings(options, merged.warnings, plan);
  auto [selection, match] = match_build(toolchain, options.disable, command, merged.rules, listed, graph,
                                        reader, {.report_absent = report_absent});
  listed.keep(graph_inputs);
  if (options.no_sdk) leave_out_detectors(match);
  plan.outcomes = match.outcomes;
  report_outcomes(options, plan);
  if (selection.empty()) return done(plan);
  return done(
      plan_weaving(toolchain, cache, options, request, loaded, std::move(match), std::move(plan), reader));
}

}  // namespace otel::preprocess
