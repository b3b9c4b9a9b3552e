// SPDX-License-Identifier: Apache-2.0
#include "toolexec/toolexec.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "gotool/cover_command.h"
#include "gotool/tool_command.h"
#include "observe/tool_record.h"
#include "plan/package_plan.h"
#include "plan/woven_text.h"
#include "toolexec/build_info.h"
#include "toolexec/fetched_positions.h"
#include "toolexec/uncovered_files.h"
#include "weave/weave_package.h"

#include "goobj/export_data.h"

namespace otel::toolexec {
namespace {

using base::Error;
using base::Path;
using gotool::CompileCommand;

// What go wrote after "otel toolexec".
struct ToolInvocation {
  std::string_view record;   // of a build that is watched; else empty
  std::string_view plans;    // directory of package plans
  std::string_view overlay;  // file of the build's overlay
  char** user = nullptr;     // arguments of the user's own -toolexec, then the tool
  char** tool = nullptr;
};

ToolInvocation parse_invocation(char** argv) {
  ToolInvocation invocation;
  if (argv[2] && std::string_view(argv[2]).starts_with(observe::kRecordArgument)) {
    invocation.record = std::string_view(argv[2]).substr(observe::kRecordArgument.size());
    ++argv;
  }
  std::size_t count = 0;
  std::string_view number = argv[2] && argv[3] && argv[4] ? argv[4] : "";
  auto parsed = std::from_chars(number.data(), number.data() + number.size(), count);
  bool complete = !number.empty() && parsed.ec == std::errc();
  for (std::size_t i = 0; complete && i <= count; ++i) complete = argv[5 + i] != nullptr;
  if (!complete)
    throw Error("toolexec is for the go command only").hint("run \"otel go build\"").status(base::kExitUsage);
  invocation.plans = argv[2];
  invocation.overlay = argv[3];
  invocation.user = argv + 5;
  invocation.tool = invocation.user + count;
  return invocation;
}

// The tool may be a bare name (go asks "gcc -###" for the identity of cgo packages), so PATH is searched.
[[noreturn]] void exec_arguments(char* const* arguments) {
  ::execvp(arguments[0], arguments);
  throw Error(fmt::format("cannot run {}: {}", arguments[0], std::strerror(errno)));
}

Path generated_directory(const CompileCommand& command) {
  return Path(command.work_directory()) / "otel";
}

// The woven files of one compile in the places of the original ones: written to its own work directory, which
// go removes.
class FileExchange {
 public:
  explicit FileExchange(CompileCommand& command)
      : command_(command), generated_(generated_directory(command)) {}

  // The directory that the files come from.
  Path run(const plan::PackagePlan& plan) {
    std::vector<gocode::GoFile> files;
    for (auto index : command_.files)
      files.emplace_back(shown(index).string(), base::read_file(command_.arguments[index]));
    for (const auto& file : files)
      for (const auto& import : file.outline.imports) imports_unsafe_ |= import.path == "unsafe";
    for (const auto& file : weave::weave_package(plan, files, command_.race_detector).files) {
      if (file.replaces)
        replace(command_.files[*file.replaces], file.text);
      else
        add(file);
    }
    return original_.value_or(Path());
  }

  // Whether a file of the package's own imports unsafe.
  bool imports_unsafe() const { return imports_unsafe_; }

 private:
  // A Go file of the compile, in the place where go found it or an overlay shows it.
  Path shown(std::size_t index) const {
    const auto& argument = command_.arguments[index];
    return gotool::overlaid_path(argument, trimpath()).value_or(argument);
  }

  std::string trimpath() const { return command_.trimpath ? command_.arguments[*command_.trimpath] : ""; }

  void replace(std::size_t index, std::string_view bytes) {
    auto original = shown(index);
    bool overlaid = original != command_.arguments[index];
    auto written = write(original.filename().string(), bytes);
    command_.arguments[index] = written;
    rewrite_positions(original.parent_path());
    // cgo's files, and some of an overlay, come from elsewhere than the first one.
    auto directory = recorded(original.parent_path());
    if (overlaid)
      gotool::add_position_rewrite(command_, written, original.string());
    else if (original.parent_path() != *original_)
      gotool::add_position_rewrite(command_, written, (Path(directory) / original.filename()).string());
  }

  void add(const weave::OutputFile& file) {
    command_.arguments.push_back(write(file.name, file.text));
    rewrite_positions(original_.value_or(shown(command_.files.front()).parent_path()));
  }

  std::string write(const std::string& name, std::string_view bytes) {
    auto path = generated_ / name;
    base::write_file(path, bytes);
    return path.string();
  }

  std::string recorded(const Path& directory) const {
    const char* goroot = std::getenv("GOROOT");
    return gotool::recorded_directory(directory.string(), trimpath(), goroot ? goroot : "");
  }

  void rewrite_positions(const Path& original) {
    if (original_) return;
    original_ = original;
    gotool::add_position_rewrite(command_, generated_.string(), recorded(original));
  }

  CompileCommand& command_;
  Path generated_;
  std::optional<Path> original_;
  bool imports_unsafe_ = false;
};

// What weaving has added imports unsafe; where the package's own files don't, those who import the package
// are not to see that, or they and all that imports them are compiled again.
void hide_unsafe_import(const CompileCommand& command) {
  auto archive = base::read_file_if_present(command.output);
  if (auto hidden = archive ? goobj::without_unsafe_import(*archive) : std::nullopt)
    base::write_file(command.output, *hidden);
}

plan::PackagePlan read_package_plan(std::string_view plans, const std::string& digest) {
  auto path = Path(plans) / (digest + ".plan");
  auto text = base::read_file_if_present(path);
  if (!text)
    throw Error(fmt::format("no plan {} in {}", digest, plans))
        .hint("otel's cache directory was emptied during the build; run the build again");
  if (plan::package_plan_digest(*text) != digest)
    throw Error(fmt::format("{} is damaged", path.string())).hint("remove it with \"otel clean\"");
  return plan::parse_package_plan(*text);
}

// Behind the arguments of the user's own -toolexec.
base::Command command_of(const ToolInvocation& invocation, const std::vector<std::string>& tool) {
  base::Command command;
  for (char** argument = invocation.user; argument != invocation.tool; ++argument)
    command.arguments.emplace_back(*argument);
  command.arguments.insert(command.arguments.end(), tool.begin(), tool.end());
  // A bare name is searched for as exec_arguments does.
  if (auto program = base::find_program(command.arguments[0])) command.arguments[0] = *program;
  return command;
}

// Becomes the tool; in a build that is watched, waits for it.
[[noreturn]] void run_tool(const ToolInvocation& invocation, const std::vector<std::string>& tool) {
  std::vector<std::string_view> views(tool.begin(), tool.end());
  if (!invocation.record.empty() && observe::is_tool_run(views))
    observe::run_recorded(invocation.record, command_of(invocation, tool), views);
  base::exec_command(command_of(invocation, tool));
}

// A package's -gcflags are also those of its external tests, and of the main package that go writes to run
// its tests: _testmain.go, or _testmain.cover.go (cmd/go/internal/load/test.go).
bool is_test_of(const CompileCommand& command, const plan::PackagePlan& plan) {
  if (command.package == plan.package + "_test") return true;
  if (command.package != "main") return false;
  return std::any_of(command.files.begin(), command.files.end(), [&](std::size_t index) {
    return Path(command.arguments[index]).stem().stem() == "_testmain";
  });
}

// The arguments of a tool that runs in a directory of a fetched module, with the positions of the module
// cache; empty for any other.
std::vector<std::string> with_recorded_positions(const ToolInvocation& invocation,
                                                 const std::vector<std::string_view>& tool) {
  const char* directory = std::getenv("PWD");
  auto linked = directory ? linked_directory(directory, Path(invocation.plans).parent_path()) : std::nullopt;
  return linked ? with_fetched_positions({tool.begin(), tool.end()}, *linked) : std::vector<std::string>();
}

// The compiler shows files by the paths that it was given, whatever positions it records.
std::string with_original_paths(const std::string& text, const CompileCommand& woven, const Path& original) {
  return base::replace_all(text, (generated_directory(woven) / "").string(), (original / "").string());
}

}  // namespace

void run_toolexec(char** argv) {
  auto invocation = parse_invocation(argv);
  std::vector<std::string_view> tool;
  for (char** argument = invocation.tool; *argument; ++argument) tool.emplace_back(*argument);
  const auto fetched = with_recorded_positions(invocation, tool);
  if (!fetched.empty()) tool.assign(fetched.begin(), fetched.end());
  if (!gotool::find_marker(tool)) {
    if (auto cover = gotool::parse_cover_command(tool))
      run_tool(
          invocation,
          write_uncovered_files(*cover, Path(invocation.plans).parent_path(), invocation.overlay).arguments);
    if (Path(invocation.tool[0]).stem() == "link")
      run_tool(invocation, write_link_modules({tool.begin(), tool.end()},
                                              Path(invocation.plans).parent_path(), invocation.overlay));
    if (!fetched.empty() || !invocation.record.empty()) run_tool(invocation, {tool.begin(), tool.end()});
    exec_arguments(invocation.user);
  }

  auto command = gotool::parse_compile_command(tool);
  auto plan = read_package_plan(invocation.plans, command.digest);
  auto plain = command;
  if (is_test_of(command, plan)) run_tool(invocation, plain.arguments);
  std::optional<observe::ToolRun> run;
  if (!invocation.record.empty()) run = observe::begin_tool_run(invocation.record, invocation.tool[0], true);
  FileExchange exchange(command);
  auto original = exchange.run(plan);
  if (run) run->weaving_us = std::max<std::int64_t>(1, base::now_us() - run->begin_us);
  auto woven = base::run_with_merged_output(command_of(invocation, command.arguments));
  if (woven.status == 0 && !exchange.imports_unsafe()) hide_unsafe_import(command);
  std::string output = with_original_paths(woven.output, command, original);
  if (woven.status != 0) {
    // Errors in the user's own files are reported by a compile of these files.
    auto unwoven = base::run_with_merged_output(command_of(invocation, plain.arguments));
    output = unwoven.status != 0 ? unwoven.output
                                 : fmt::format(
                                       "{}otel: package {} compiles without rules {}, but not with them; fix "
                                       "them or use --disable\n",
                                       output, plan.package, base::join(plan::rule_names(plan), ", "));
  }
  if (run) {
    run->status = woven.status;
    observe::end_tool_run(invocation.record, *run, !output.empty());
  }
  std::fwrite(output.data(), 1, output.size(), stdout);
  std::fflush(stdout);
  std::_Exit(woven.status);
}

}  // namespace otel::toolexec
