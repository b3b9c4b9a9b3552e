// SPDX-License-Identifier: Apache-2.0
//
// Selected rules against the sources of their packages: what is woven where, and with which glue.
#pragma once

#include <vector>

#include "base/error.h"
#include "gotool/go_command.h"
#include "gotool/toolchain.h"
#include "plan/input_reader.h"
#include "plan/package_plan.h"
#include "plan/selection.h"

#include "kinds/package_match.h"

namespace otel::preprocess {

struct Match : kinds::MatchResult {
  std::vector<plan::PackagePlan> packages;
  std::vector<base::Error> mistakes;  // of rules and hooks, each place once; empty where the first is thrown
};

struct MatchMode {
  bool collect_mistakes = false;  // of rules and hooks; otherwise the first Error is thrown
  bool report_absent = false;     // outcomes also of built-in rules whose packages aren't in the build
};

// Reads the Go files of the packages; those that may change are added to the inputs. go list is run again
// where hooks are in a package that is not in the graph. With mistakes collected, what has one is left out of
// the rest.
Match match_rules(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
                  const gotool::BuildGraph& graph, const plan::Selection& selection,
                  plan::InputReader& reader, MatchMode mode = {});

}  // namespace otel::preprocess
