// SPDX-License-Identifier: Apache-2.0
//
// The record of a build that is watched: a file to which each tool process appends a line. Its path is an
// argument in go's -toolexec, which is in no action ID; without that argument a tool process records nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"

namespace otel::observe {

// The first argument of "otel toolexec" in a build that is watched.
inline constexpr std::string_view kRecordArgument = "--record=";

struct ToolRun {
  std::string tool;           // "compile", "asm", "link", …
  std::string package;        // as go calls it: "net/http", "example.com/app [example.com/app.test]"
  std::int64_t begin_us = 0;  // since 1970
  std::int64_t end_us = 0;
  std::int64_t weaving_us = 0;  // from the beginning; 0 if nothing was woven
  int status = 0;
  std::uint64_t binary_bytes = 0;  // what link wrote

  bool woven() const { return weaving_us > 0; }
};

// What a line of the record reports during the build.
struct ToolEvent {
  enum class Kind {
    Begin,   // a tool begins
    End,     // it has ended
    Output,  // a tool process has output and waits for the record's lock
  };
  Kind kind = Kind::Output;
  std::string tool;
  std::string package;
  bool woven = false;  // of Begin
};

// The first line of a record whose tools must not print, nor let go on what they linked, under a progress
// line; see observe/tool_progress.h.
inline constexpr std::string_view kQuietAfterLink = "quiet after link\n";

// Whether the arguments are those of a tool at work on a package, not of a question such as "compile
// -V=full".
bool is_tool_run(const std::vector<std::string_view>& tool);

// "compile" and $TOOLEXEC_IMPORTPATH, begun now; appends that to the record.
ToolRun begin_tool_run(const base::Path& record, std::string_view program, bool woven);

// Adds the run, which ends now, as one line. If it `prints`, waits until there is no progress line.
void end_tool_run(const base::Path& record, ToolRun run, bool prints);

// Runs the tool to its end, adds a line, hands its output on and exits as it did.
[[noreturn]] void run_recorded(const base::Path& record, const base::Command& command,
                               const std::vector<std::string_view>& tool);

// Nothing for a line that is no event.
std::optional<ToolEvent> parse_tool_event(std::string_view line);

// The runs of a record, by their beginnings; an incomplete line is skipped.
std::vector<ToolRun> parse_tool_runs(std::string_view text);

}  // namespace otel::observe
