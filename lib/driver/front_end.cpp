// SPDX-License-Identifier: Apache-2.0
#include "driver/front_end.h"

#include <cstdio>
#include <fmt/format.h>
#include <optional>

#include "base/cache.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/foreground.h"
#include "base/text.h"
#include "driver/fetched_module.h"
#include "gotool/build_request.h"
#include "gotool/toolchain.h"
#include "observe/build_watch.h"
#include "observe/stage_clock.h"
#include "plan/record.h"
#include "plan/weaver_digest.h"
#include "preprocess/analysis.h"
#include "preprocess/rule_files.h"

namespace otel::driver {
namespace {

using base::Path;
using gotool::GoCommand;
using plan::BuildPlan;

// Where the record of an earlier, equal command would be: everything that is compared as text, not as files,
// is in the name.
Path record_path(const gotool::Toolchain& toolchain, const Path& cache, const cli::Options& options,
                 const GoCommand& command) {
  const auto self = base::own_path();
  auto chosen =
      fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", base::join(options.rules, ":"), base::join(options.disable, ","),
                  base::join(options.enable, ","), base::join(options.safe, ":"),
                  static_cast<int>(options.deps), options.strict, options.no_sdk, self);
  auto stamp = base::read_stamp(self).value_or(base::FileStamp{});
  auto key = base::short_digest(fmt::format(
      "{}\n{}\n{}.{}\n{}\n{}\n{}", plan::kWeaverDigest, chosen, stamp.size, stamp.modified_ns,
      toolchain.directory.string(), toolchain.env.all, base::join(command.shape().command_line(), "\n")));
  return cache / "plans" / key;
}

std::string render_record(const BuildPlan& plan, const plan::Inputs& inputs) {
  return plan::render_record({{"plan", plan::render_build_plan(plan)}, {"inputs", inputs.render()}});
}

// With the files' new times, so that the next build needn't read them again; it does if that can't be
// written.
void refresh_record(const Path& path, const std::string& record) {
  try {
    base::write_file(path, record);
  } catch (const base::Error&) {
  }
}

// The cached plan of an earlier command, if its inputs and the files that it needs are unchanged.
// Anything else is no plan: the next step makes a new one.
std::optional<BuildPlan> read_earlier_plan(const Path& cache, const Path& path) {
  auto text = base::read_file_if_present(path);
  auto sections = text ? plan::parse_record(*text) : std::nullopt;
  if (!sections) return std::nullopt;
  auto inputs = plan::unchanged_inputs((*sections)["inputs"]);
  auto plan = inputs ? plan::parse_build_plan((*sections)["plan"]) : std::nullopt;
  if (!plan) return std::nullopt;
  if (base::mark_used(path))
    for (const auto& file : inputs->files_in(cache)) base::mark_used(file);
  if (auto now = render_record(*plan, *inputs); now != *text) refresh_record(path, now);
  return plan;
}

// Not if a file was edited meanwhile: the plan is of the text before, and the inputs of the one after.
void cache_plan(const Path& path, const BuildPlan& plan, const plan::Inputs& inputs, std::int64_t began_ns) {
  constexpr std::int64_t kClockStep = 10'000'000;  // of a file system's clock, after the one of the day
  if (inputs.changed_since(began_ns - kClockStep)) return;
  base::write_file_synced(path, render_record(plan, inputs));
}

void report_outcomes(const cli::Options& options, const BuildPlan& plan) {
  for (const auto& warning : plan.warnings) fmt::print(stderr, "{}", base::render_warning(warning));
  if (!options.verbose) return;
  for (const auto& outcome : plan.outcomes) {
    if (outcome.place.empty())
      fmt::print(stderr, "otel: {} skipped: {}\n", outcome.rule, outcome.reason);
    else
      fmt::print(stderr, "otel: {} woven at {}\n", outcome.rule, outcome.place);
  }
}

// go decides: a misspelt flag is an error of go, a flag newer than otel is not.
void report_unknown_flag(const cli::Options& options, const std::string& flag) {
  auto text = fmt::format("unknown flag {}; built without instrumentation", flag);
  if (options.strict) throw base::Error(text);
  fmt::print(stderr, "{}", base::render_warning(text));
}

// Beyond this otel is gone: go runs with its own signals, outputs and exit status.
[[noreturn]] void exec_go(base::Command go, const std::vector<std::string>& arguments) {
  go.arguments.insert(go.arguments.end(), arguments.begin(), arguments.end());
  base::exec_command(go);
}

// A command on its way to go: where it runs and what it asks for.
struct Build {
  base::Command go;  // without its arguments; as typed, or in the directory of a fetched module
  gotool::Toolchain toolchain;
  Path cache;
  gotool::BuildRequest request;
};

Build read_typed_build(const std::string& go, const GoCommand& command) {
  observe::begin_stage("read go env");
  auto toolchain = gotool::read_toolchain(go, gotool::run_directory(command));
  auto cache = gotool::find_own_cache(toolchain);
  auto request = gotool::make_build_request(command, toolchain.env.goflags);
  return {{{toolchain.env.go}, {}, {}}, std::move(toolchain), std::move(cache), std::move(request)};
}

// `go install pkg@version` is woven in the directory of its module; any other command where it was typed.
Build enter_fetched_module(Build build) {
  if (!build.request.command.names_version()) return build;
  auto fetched = fetch_install(build.toolchain, build.cache, build.request);
  if (!fetched) return build;
  build.toolchain = std::move(fetched->toolchain);
  build.request = std::move(fetched->request);
  build.go.directory = build.toolchain.directory;
  build.go.environment = build.toolchain.environment;
  return build;
}

// The plan of an earlier build, or a new one; nothing if go can't load the packages.
std::optional<BuildPlan> find_plan(const cli::Options& options, const Build& build) {
  observe::begin_stage("look for an earlier plan");
  auto path = record_path(build.toolchain, build.cache, options, build.request.command);
  if (auto earlier = read_earlier_plan(build.cache, path)) return earlier;
  const auto began_ns = base::now_ns();
  auto analysis =
      preprocess::analyse(build.toolchain, preprocess::OwnCache(build.cache), options, build.request);
  if (!analysis) return std::nullopt;
  observe::begin_stage("write the plan");
  cache_plan(path, analysis->plan, analysis->inputs, began_ns);
  return std::move(analysis->plan);
}

}  // namespace

void run_go(const cli::Options& options, const std::vector<std::string>& arguments) {
  // Before the watch, which makes the files that it will write.
  const auto go = gotool::find_go();
  auto command = gotool::parse_go_command(arguments);
  if (!command) {
    if (auto flag = gotool::find_unknown_flag(arguments)) report_unknown_flag(options, *flag);
    exec_go({{go}, {}, {}}, arguments);
  }
  observe::BuildWatch watch(options, arguments);

  const auto typed = read_typed_build(go, *command);
  const auto entered = enter_fetched_module(typed);
  const auto plan = find_plan(options, entered);
  if (plan) base::remove_unused_entries(typed.cache);
  watch.end_stage_line();
  if (plan) report_outcomes(options, *plan);

  // A build that nothing is woven into is the one that was typed.
  const bool woven = plan && !plan->empty();
  const auto& build = woven ? entered : typed;
  const auto* known = plan ? &*plan : nullptr;
  if (watch.wants(build.request, known))
    base::end_as(watch.run(build.toolchain, build.cache, build.go, build.request, known));
  exec_go(build.go, woven ? plan::apply_build_plan(build.request.command, *plan).command_line() : arguments);
}

}  // namespace otel::driver
