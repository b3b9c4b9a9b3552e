// SPDX-License-Identifier: Apache-2.0
#include "observe/tool_progress.h"

#include <algorithm>
#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <sys/file.h>
#include <unistd.h>
#include <vector>

#include "base/text.h"
#include "observe/tool_record.h"

namespace otel::observe {
namespace {

using base::Path;

class ToolText : public ProgressText {
 public:
  explicit ToolText(const Path& record) : fd_(::open(record.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~ToolText() override {
    if (fd_ >= 0) ::close(fd_);
  }
  ToolText(const ToolText&) = delete;
  ToolText& operator=(const ToolText&) = delete;

  std::optional<std::string> next() override {
    read_events();
    if (!may_show()) return std::nullopt;
    if (!locked_) {
      locked_ = ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
      // A tool with output may have written to the record just now.
      read_events();
      if (!locked_ || !may_show()) {
        erased();  // nothing was drawn under this lock
        return std::nullopt;
      }
    }
    return describe();
  }

  bool is_over() const override { return quiet_; }

  void erased() override {
    if (locked_) ::flock(fd_, LOCK_UN);
    locked_ = false;
  }

 private:
  bool may_show() const { return fd_ >= 0 && !quiet_ && !running_.empty() && waiting_for_c_.empty(); }

  void read_events() {
    char bytes[8192];
    for (ssize_t n; fd_ >= 0 && (n = ::read(fd_, bytes, sizeof bytes)) > 0;)
      unread_.append(bytes, static_cast<std::size_t>(n));
    std::size_t end = 0;
    for (auto newline = unread_.find('\n'); newline != std::string::npos; newline = unread_.find('\n', end)) {
      take(std::string_view(unread_).substr(end, newline - end));
      end = newline + 1;
    }
    unread_.erase(0, end);
  }

  void take(std::string_view line) {
    auto event = parse_tool_event(line);
    if (!event) return;
    auto same = std::find_if(running_.begin(), running_.end(), [&](const ToolEvent& other) {
      return other.tool == event->tool && other.package == event->package;
    });
    switch (event->kind) {
      case ToolEvent::Kind::Output:
        quiet_ = true;
        break;
      case ToolEvent::Kind::Begin:
        // Between cgo and the Go compiler, the C compiler is at work.
        if (event->tool == "cgo") waiting_for_c_.insert(event->package);
        if (event->tool == "compile") waiting_for_c_.erase(event->package);
        running_.push_back(*event);
        break;
      case ToolEvent::Kind::End:
        if (event->tool == "compile") ++compiled_;
        if (same != running_.end()) running_.erase(same);
        break;
    }
  }

  // What is woven is worth more than what is newest.
  std::string describe() const {
    auto woven =
        std::find_if(running_.rbegin(), running_.rend(), [](const auto& tool) { return tool.woven; });
    const auto& shown = woven != running_.rend() ? *woven : running_.back();
    return fmt::format("{} package{} compiled, {} {}", compiled_, compiled_ == 1 ? "" : "s",
                       shown.woven            ? "weaving"
                       : shown.tool == "link" ? "linking"
                                              : "compiling",
                       shown.package);
  }

  int fd_;
  bool locked_ = false;
  bool quiet_ = false;
  std::string unread_;
  std::size_t compiled_ = 0;
  std::vector<ToolEvent> running_;
  std::set<std::string> waiting_for_c_;
};

bool runs_what_it_links(const gotool::GoCommand& command) {
  return command.subcommand == "run" || command.subcommand == "test";
}

}  // namespace

bool is_silent_build(const gotool::BuildRequest& request) {
  const auto& command = request.command;
  if (!request.settings.silent) return false;
  if (command.subcommand != "test") return true;
  // go prints results of packages whose tests are cached whenever it gets to them.
  return command.arguments.size() <= 1 &&
         std::none_of(command.arguments.begin(), command.arguments.end(), [](const std::string& argument) {
           return argument.find("...") != std::string::npos || argument == "all" || argument == "std" ||
                  argument == "cmd" || argument == "work" || argument == "tool";
         });
}

void write_empty_record(const Path& record, const gotool::GoCommand& command) {
  base::write_file(record, runs_what_it_links(command) ? kQuietAfterLink : "");
}

std::unique_ptr<ProgressText> tool_text(const Path& record) {
  return std::make_unique<ToolText>(record);
}

}  // namespace otel::observe
