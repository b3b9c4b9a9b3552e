// SPDX-License-Identifier: Apache-2.0
//
// Which rules apply to a build: rules against the packages, versions and toolchain of a graph. Functions from
// values to values.
#pragma once

#include <string>
#include <vector>

#include "gotool/build_graph.h"
#include "rules/rule.h"

namespace otel::plan {

struct SelectedRule {
  const rules::Rule* rule = nullptr;
  const gotool::Package* package = nullptr;
};

// A rule that is not woven, and why. `is_warning` is set where the user would expect it to be: its package is
// in the build, yet in a version that no rule of its library is for.
struct SkippedRule {
  const rules::Rule* rule = nullptr;
  std::string reason;         // empty if no package of the build is meant
  bool is_warning = false;    // a user would expect the rule to be woven, so a build prints a warning
  bool not_in_build = false;  // no package of the build is meant

  // The reason for people.
  std::string text() const;
};

struct Selection {
  std::vector<SelectedRule> selected;  // by "order", equal ones in the order of the rules
  std::vector<SkippedRule> skipped;
  bool imports_support_module =
      false;  // the program itself imports the support module, which go.mod replaces by a directory

  // Nothing to weave: no rules, or only those that support others, which a program needs if it uses the run
  // time.
  bool empty() const;
};

// `disabled` holds names of rules and libraries; one that names neither is an Error.
Selection select_rules(const std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph,
                       const std::string& go_version, const std::vector<std::string>& disabled);

}  // namespace otel::plan
