// SPDX-License-Identifier: Apache-2.0
//
// All that is known of a build that was watched, as a value: --report and --trace-build are written of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "observe/stage_clock.h"
#include "observe/tool_record.h"
#include "plan/build_plan.h"
#include "plan/woven_text.h"

namespace otel::observe {

// A package with a plan of its own.
struct WovenPackage {
  std::string package;             // import path
  std::vector<std::string> rules;  // names, sorted
};

struct BuildRecord {
  std::string command;    // as typed after "otel", without secrets (redacted_command.h)
  std::string directory;  // where it ran
  std::string otel;       // versions
  std::string go;         // "go1.26.8"
  std::string ending;     // "exit status 0", "signal 15"
  bool succeeded = false;
  bool loaded = true;            // whether go could load the packages, so that there is a plan
  std::int64_t begin_us = 0;     // of otel, since 1970
  std::int64_t go_begin_us = 0;  // of the go command
  std::int64_t end_us = 0;
  std::vector<StageTime> stages;
  std::vector<ToolRun> tools;
  std::vector<WovenPackage> packages;
  plan::WovenText linked;  // versions of OpenTelemetry and of what was woven; may be empty
  plan::BuildPlan plan;

  // Null if nothing is woven into it. `package` as go calls it; its tests are woven with it.
  const WovenPackage* find_woven(std::string_view package) const;
};

}  // namespace otel::observe
