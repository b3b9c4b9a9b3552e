// SPDX-License-Identifier: Apache-2.0
#include "observe/build_watch.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/foreground.h"
#include "base/text.h"
#include "base/version.h"
#include "gotool/tool_command.h"
#include "observe/build_record.h"
#include "observe/build_report.h"
#include "observe/build_trace.h"
#include "observe/redacted_command.h"
#include "observe/tool_progress.h"
#include "plan/overlay.h"
#include "plan/package_plan.h"
#include "syntax/literal.h"

namespace otel::observe {
namespace {

using base::Path;
using plan::BuildPlan;

// A directory for the time of one build.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    auto directory = base::find_temporary_directory();
    auto name = (directory / "otel-build.XXXXXX").string();
    if (!::mkdtemp(name.data()))
      throw base::Error(
          fmt::format("cannot create a directory in {}: {}", directory.string(), std::strerror(errno)))
          .hint("set TMPDIR to another directory");
    path_ = name;
  }
  ~TemporaryDirectory() { base::remove_tree(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  Path operator/(std::string_view name) const { return path_ / name; }

 private:
  Path path_;
};

// -toolexec with the argument that makes tool processes write to the record.
void name_record(std::vector<gotool::GoFlag>& flags, const Path& record) {
  for (auto& flag : flags) {
    if (flag.name != "toolexec") continue;
    auto arguments = gotool::split_quoted(flag.value);
    if (!arguments || arguments->size() < 2) throw base::InternalError("toolexec of the plan: " + flag.value);
    arguments->insert(arguments->begin() + 2, std::string(kRecordArgument) + record.string());
    flag.value = gotool::join_quoted(*arguments);
  }
}

std::vector<WovenPackage> read_woven_packages(const Path& cache, const BuildPlan& plan) {
  std::vector<WovenPackage> packages;
  for (const auto& flag : plan.flags) {
    auto marker = flag.value.rfind(gotool::kMarker);
    if (flag.name != "gcflags" || marker == std::string::npos) continue;
    auto digest = flag.value.substr(marker + gotool::kMarker.size());
    auto text = base::read_file_if_present(cache / "packages" / (digest + ".plan"));
    if (!text) continue;
    auto package = plan::parse_package_plan(*text);
    packages.push_back({package.package, plan::rule_names(package)});
  }
  return packages;
}

// The woven text of a build's binaries: the rules of all of them, each once.
plan::WovenText read_linked_text(const Path& directory, const BuildPlan& plan) {
  plan::WovenText all;
  for (const auto& flag : plan.flags) {
    if (flag.name != "overlay") continue;
    auto overlay = base::read_file_if_present(flag.value);
    if (!overlay) continue;
    for (const auto& [path, backing] : plan::parse_overlay(flag.value, *overlay, directory.string())) {
      if (Path(path).filename() != "text.go" || backing.empty()) continue;
      auto source = base::read_file_if_present(backing).value_or("");
      auto quote = source.rfind("woven.Text = \"");
      auto end = source.rfind('"');
      if (quote == std::string::npos) continue;
      quote = source.find('"', quote);
      auto text = plan::find_woven_text(
          syntax::unquote(std::string_view(source).substr(quote, end + 1 - quote)).value_or(""));
      if (!text) continue;
      all.otel = text->otel;
      all.opentelemetry = text->opentelemetry;
      for (const auto& rule : text->rules) {
        bool known = std::any_of(all.rules.begin(), all.rules.end(), [&](const auto& other) {
          return other.rule == rule.rule && other.package == rule.package;
        });
        if (!known) all.rules.push_back(rule);
      }
    }
  }
  return all;
}

std::string describe_ending(int status) {
  return WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                             : fmt::format("exit status {}", WEXITSTATUS(status));
}

// The build is done: a file that can't be written now is reported, and doesn't change the exit status.
void write_late(base::OutputFile& file, const std::string& text) {
  try {
    file.write(text);
  } catch (const base::Error& error) {
    fmt::print(stderr, "{}", error.render());
  }
}

}  // namespace

BuildWatch::BuildWatch(const cli::Options& options, const std::vector<std::string>& arguments)
    : typed_(redacted_command(arguments)),
      begin_us_(base::now_us()),
      line_wanted_(ProgressLine::is_wanted(options)) {
  if (!options.report.empty()) report_ = std::make_unique<base::OutputFile>(options.report);
  if (!options.trace_build.empty()) trace_ = std::make_unique<base::OutputFile>(options.trace_build);
  if (line_wanted_)
    line_ = std::make_unique<ProgressLine>(stage_text(), begin_us_, ProgressLine::OnSignal::End);
}

bool BuildWatch::wants_line(const gotool::BuildRequest& request, const BuildPlan* plan) const {
  return line_wanted_ && plan && !plan->empty() && is_silent_build(request);
}

bool BuildWatch::wants(const gotool::BuildRequest& request, const BuildPlan* plan) const {
  return report_ || trace_ || wants_line(request, plan);
}

int BuildWatch::run(const gotool::Toolchain& toolchain, const Path& cache, base::Command go,
                    const gotool::BuildRequest& request, const BuildPlan* plan) {
  auto command = request.command;
  end_stage_line();
  end_stages();
  bool with_line = wants_line(request, plan);
  TemporaryDirectory directory;
  auto tools = directory / "tools";
  auto go_trace = directory / "go.trace";
  write_empty_record(tools, command);
  if (plan) {
    command = plan::apply_build_plan(command, *plan);
    if (!plan->empty()) name_record(command.flags, tools);
  }
  if (trace_) command.flags.push_back({"debug-trace", go_trace.string()});
  auto arguments = command.command_line();
  go.arguments.insert(go.arguments.end(), arguments.begin(), arguments.end());

  BuildRecord record;
  record.go_begin_us = base::now_us();
  int status = base::run_foreground(go, [&] {
    if (with_line)
      line_ = std::make_unique<ProgressLine>(tool_text(tools), begin_us_, ProgressLine::OnSignal::Leave);
  });
  line_.reset();
  record.end_us = base::now_us();

  if (!report_ && !trace_) return status;
  record.command = typed_;
  record.directory = toolchain.directory.string();
  record.otel = base::otel_version();
  record.go = toolchain.env.version;
  record.ending = describe_ending(status);
  record.succeeded = status == 0;
  record.loaded = plan != nullptr;
  record.begin_us = begin_us_;
  record.stages = ended_stages();
  record.tools = parse_tool_runs(base::read_file(tools));
  if (plan) {
    record.plan = *plan;
    record.packages = read_woven_packages(cache, *plan);
    record.linked = read_linked_text(toolchain.directory, *plan);
  }
  if (trace_)
    write_late(*trace_, render_build_trace(record, base::read_file_if_present(go_trace).value_or("")));
  if (report_) write_late(*report_, render_build_report(record));
  return status;
}

}  // namespace otel::observe
