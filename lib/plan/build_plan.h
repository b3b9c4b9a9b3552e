// SPDX-License-Identifier: Apache-2.0
//
// The decision of the front-end for one command: what to add to it, and what to report. Kept as text, so
// that the next build with the same inputs uses it unchanged and `otel explain` can print it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gotool/go_command.h"
#include "plan/module_files.h"

#include "kinds/package_match.h"

namespace otel::plan {

using kinds::RuleOutcome;

struct BuildPlan {
  std::vector<gotool::GoFlag>
      flags;  // appended to the user's; a flag with a single value replaces the user's
  std::vector<std::string> arguments;  // appended to the user's
  std::vector<RuleOutcome> outcomes;
  std::vector<Raise> raises = {};  // of the user's OpenTelemetry modules; judged, so not kept in the text
  std::vector<std::string> warnings = {};  // whole lines for stderr, without newline

  bool empty() const { return flags.empty(); }
};

std::string render_build_plan(const BuildPlan& plan);
// Nothing for a text that render_build_plan doesn't write.
std::optional<BuildPlan> parse_build_plan(std::string_view text);

gotool::GoCommand apply_build_plan(gotool::GoCommand command, const BuildPlan& plan);

}  // namespace otel::plan
