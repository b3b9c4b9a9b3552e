// SPDX-License-Identifier: Apache-2.0
//
// What tool processes tell the front-end of a build that is watched: a file to which each of them adds a
// line. go's -toolexec names it, which has no part in the identity of what is built; where it isn't named, a
// tool process knows nothing of this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"

namespace otel::driver {

// Stands in front of the words of "otel toolexec".
inline constexpr std::string_view kRecordWord = "--record=";

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

// Whether the words are those of a tool at work on a package, not of a question such as "compile -V=full".
bool is_tool_run(const std::vector<std::string_view>& tool);

// "compile" and $TOOLEXEC_IMPORTPATH, begun now.
ToolRun begin_tool_run(std::string_view program);

// Adds the run, which ends now, as one line.
void record_tool_run(const base::Path& record, ToolRun run);

// Runs the tool to its end, adds a line, hands its output on and exits as it did.
[[noreturn]] void run_recorded(const base::Path& record, const base::Command& command,
                               const std::vector<std::string_view>& tool);

// The runs of a record, by their beginnings; a line that isn't whole is left out.
std::vector<ToolRun> parse_tool_runs(std::string_view text);

}  // namespace otel::driver
