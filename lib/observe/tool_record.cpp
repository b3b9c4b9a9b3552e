// SPDX-License-Identifier: Apache-2.0
#include "observe/tool_record.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/foreground.h"
#include "base/text.h"

namespace otel::observe {
namespace {

using base::Path;

constexpr std::size_t kFields = 7;
constexpr std::string_view kBegin = "begin";
constexpr std::string_view kQuiet = "quiet";

std::string render_tool_run(const ToolRun& run) {
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", base::escape_field(run.tool),
                     base::escape_field(run.package), run.begin_us, run.end_us, run.weaving_us, run.status,
                     run.binary_bytes);
}

// A record that is gone has no reader either: then nothing happens.
class Record {
 public:
  explicit Record(const Path& path) : fd_(::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC)) {}
  ~Record() {
    if (fd_ >= 0) ::close(fd_);
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  // One write to the end of a file is whole, whoever else writes.
  void add(const std::string& line) {
    if (fd_ >= 0) [[maybe_unused]]
      ssize_t ignored = ::write(fd_, line.data(), line.size());
  }

  bool is_quiet_after_link() const {
    char first[kQuietAfterLink.size()];
    return fd_ >= 0 && ::pread(fd_, first, sizeof first, 0) == sizeof first &&
           std::string_view(first, sizeof first) == kQuietAfterLink;
  }

  // The progress line holds the lock while it is visible.
  void await_erasure() {
    if (fd_ >= 0 && ::flock(fd_, LOCK_SH) == 0) ::flock(fd_, LOCK_UN);
  }

 private:
  int fd_;
};

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

}  // namespace

bool is_tool_run(const std::vector<std::string_view>& tool) {
  static constexpr std::string_view kTools[] = {"asm", "cgo", "compile", "cover", "link", "vet"};
  auto name = Path(tool[0]).stem().string();
  if (std::find(std::begin(kTools), std::end(kTools), name) == std::end(kTools)) return false;
  return tool.size() > 1 && tool[1].substr(0, 3) != "-V=";
}

ToolRun begin_tool_run(const Path& path, std::string_view program, bool woven) {
  ToolRun run;
  run.tool = Path(program).stem().string();
  if (const char* package = std::getenv("TOOLEXEC_IMPORTPATH")) run.package = package;
  run.begin_us = base::now_us();
  Record record(path);
  record.add(fmt::format("{}\t{}\t{}\t{}\n", kBegin, base::escape_field(run.tool),
                         base::escape_field(run.package), woven ? "woven" : ""));
  // The C compiler, which go runs next, may print.
  if (run.tool == "cgo") record.await_erasure();
  return run;
}

void end_tool_run(const Path& path, ToolRun run, bool prints) {
  run.end_us = base::now_us();
  Record record(path);
  bool quiet = prints || run.status != 0 || (run.tool == "link" && record.is_quiet_after_link());
  record.add(render_tool_run(run) + (quiet ? fmt::format("{}\n", kQuiet) : ""));
  if (quiet) record.await_erasure();
}

void run_recorded(const Path& record, const base::Command& command,
                  const std::vector<std::string_view>& tool) {
  auto run = begin_tool_run(record, tool[0], false);
  auto result = base::run_with_merged_output(command);
  run.status = result.status;
  if (run.tool == "link") {
    auto output = std::find(tool.begin(), tool.end(), "-o");
    if (output != tool.end() && ++output != tool.end())
      if (auto stamp = base::read_stamp(*output)) run.binary_bytes = stamp->size;
  }
  end_tool_run(record, run, !result.output.empty());
  std::fwrite(result.output.data(), 1, result.output.size(), stdout);
  std::fflush(stdout);
  // go reports death by a signal differently from an exit status.
  if (result.status > 128) base::end_as(result.status - 128);
  std::_Exit(result.status);
}

std::optional<ToolEvent> parse_tool_event(std::string_view line) {
  auto fields = base::split(line, '\t');
  if (line == kQuiet) return ToolEvent{};
  if (fields.size() == kFields)
    return ToolEvent{ToolEvent::Kind::End, base::unescape_field(fields[0]), base::unescape_field(fields[1])};
  if (fields.size() == 4 && fields[0] == kBegin)
    return ToolEvent{ToolEvent::Kind::Begin, base::unescape_field(fields[1]), base::unescape_field(fields[2]),
                     fields[3] == "woven"};
  return std::nullopt;
}

std::vector<ToolRun> parse_tool_runs(std::string_view text) {
  std::vector<ToolRun> runs;
  for (auto line : base::split_lines(text)) {
    auto fields = base::split(line, '\t');
    if (fields.size() != kFields) continue;
    ToolRun run{base::unescape_field(fields[0]), base::unescape_field(fields[1])};
    if (read_number(fields[2], run.begin_us) && read_number(fields[3], run.end_us) &&
        read_number(fields[4], run.weaving_us) && read_number(fields[5], run.status) &&
        read_number(fields[6], run.binary_bytes))
      runs.push_back(std::move(run));
  }
  std::stable_sort(runs.begin(), runs.end(),
                   [](const auto& a, const auto& b) { return a.begin_us < b.begin_us; });
  return runs;
}

}  // namespace otel::observe
