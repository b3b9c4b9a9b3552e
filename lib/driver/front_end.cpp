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
#include "cli/site.h"
#include "driver/fetched_module.h"
#include "observe/build_watch.h"
#include "observe/stages.h"
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
Path record_path(const cli::Site& site, const GoCommand& command) {
  auto options = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", base::join(site.options.rules, ":"),
                             base::join(site.options.disable, ","), base::join(site.options.enable, ","),
                             base::join(site.options.safe, ":"), static_cast<int>(site.options.deps),
                             site.options.strict, site.options.no_sdk, site.self);
  auto stamp = base::read_stamp(site.self).value_or(base::FileStamp{});
  auto key = base::short_digest(fmt::format("{}\n{}\n{}.{}\n{}\n{}\n{}", plan::kWeaverDigest, options,
                                            stamp.size, stamp.modified_ns, site.folder.string(), site.go.all,
                                            base::join(command.shape().words(), "\n")));
  return site.cache / "plans" / key;
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

// The plan of an earlier command, if all that it was made of and all that it needs is still as it was.
// Anything else is no plan: the next step makes a new one.
std::optional<BuildPlan> read_earlier_plan(const cli::Site& site, const Path& path) {
  auto text = base::read_file_if_present(path);
  auto sections = text ? plan::parse_record(*text) : std::nullopt;
  if (!sections) return std::nullopt;
  auto inputs = plan::unchanged_inputs((*sections)["inputs"]);
  auto plan = inputs ? plan::parse_build_plan((*sections)["plan"]) : std::nullopt;
  if (!plan) return std::nullopt;
  if (base::mark_used(path))
    for (const auto& file : inputs->files_in(site.cache)) base::mark_used(file);
  if (auto now = render_record(*plan, *inputs); now != *text) refresh_record(path, now);
  return plan;
}

// Not if a file was edited meanwhile: the plan is of the text before, and the inputs of the one behind.
void keep_plan(const Path& path, const BuildPlan& plan, const plan::Inputs& inputs, std::int64_t began_ns) {
  constexpr std::int64_t kClockStep = 10'000'000;  // of a file system's clock, behind the one of the day
  if (inputs.changed_since(began_ns - kClockStep)) return;
  base::write_file_synced(path, render_record(plan, inputs));
}

void tell(const cli::Options& options, const BuildPlan& plan) {
  for (const auto& warning : plan.warnings) fmt::print(stderr, "{}", base::render_warning(warning));
  if (!options.verbose) return;
  for (const auto& outcome : plan.outcomes) {
    if (outcome.place.empty())
      fmt::print(stderr, "otel: {} left: {}\n", outcome.rule, outcome.reason);
    else
      fmt::print(stderr, "otel: {} woven at {}\n", outcome.rule, outcome.place);
  }
}

// Go has the last word on it: a misspelt flag ends the command, one that is newer than otel does not.
void tell_unknown_flag(const cli::Options& options, const std::string& flag) {
  auto text = fmt::format("otel doesn't know the flag {}; built without instrumentation", flag);
  if (options.strict) throw base::Error(text);
  fmt::print(stderr, "{}", base::render_warning(text));
}

[[noreturn]] void exec_go(base::Command command, const std::vector<std::string>& words) {
  command.arguments.insert(command.arguments.end(), words.begin(), words.end());
  base::exec_command(command);
}

// Where somebody watches, otel stays until go has ended.
[[noreturn]] void end_watched(observe::BuildWatch& watch, const cli::Site& site, const base::Command& go,
                              const GoCommand& command, const BuildPlan* plan) {
  base::end_as(watch.run(site, go, command, plan));
}

}  // namespace

void run_go(const cli::Options& options, const std::vector<std::string>& words) {
  const base::Command go{{cli::find_go()}, {}, {}};
  auto command = gotool::parse_go_command(words);
  if (!command) {
    if (auto flag = gotool::find_unknown_flag(words)) tell_unknown_flag(options, *flag);
    exec_go(go, words);
  }
  auto folder = cli::run_folder(*command);
  observe::BuildWatch watch(options, words);

  observe::begin_stage("read go env");
  auto site = cli::read_site(options, go.arguments[0], folder);
  const auto typed = *command;  // what a build without a plan is made of
  auto woven_go = go;
  if (command->names_version())
    if (auto fetched = fetch_install(site, *command)) {
      site = std::move(fetched->site);
      command = std::move(fetched->command);
      woven_go.folder = site.folder;
      woven_go.environment = site.environment;
    }
  observe::begin_stage("look for an earlier plan");
  auto path = record_path(site, *command);
  auto plan = read_earlier_plan(site, path);
  if (!plan) {
    const auto began_ns = base::now_ns();
    plan::Inputs inputs;
    plan = preprocess::analyse(site, *command, inputs);
    if (!plan) {
      watch.end_stage_line();
      if (watch.wants(typed, nullptr, site.go.goflags)) end_watched(watch, site, go, typed, nullptr);
      exec_go(go, words);
    }
    observe::begin_stage("write the plan");
    keep_plan(path, *plan, inputs, began_ns);
  }
  base::remove_unused_entries(site.cache);
  watch.end_stage_line();
  tell(options, *plan);
  if (plan->empty()) {
    if (watch.wants(typed, &*plan, site.go.goflags)) end_watched(watch, site, go, typed, &*plan);
    exec_go(go, words);
  }
  if (watch.wants(*command, &*plan, site.go.goflags)) end_watched(watch, site, woven_go, *command, &*plan);
  // Beyond this point otel is gone: go runs with its own signals, outputs and exit status.
  exec_go(woven_go, plan::apply_build_plan(*command, *plan).words());
}

}  // namespace otel::driver
