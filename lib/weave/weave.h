// SPDX-License-Identifier: Apache-2.0
//
// A package plan and a Go file to the woven bytes. Lines stay where they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/package_plan.h"
#include "weave/go_package.h"

namespace otel::weave {

// Where a weave went in, or why not; one for each rule that has something to do with the file.
struct WeavePoint {
  std::string rule;
  syntax::Position position;  // of the function, type or expression
  std::string refused;        // the reason; empty if it is woven
};

struct WovenFile {
  std::optional<std::string> bytes;  // nothing if no weave touches the file
  std::string variables;             // declarations for the package's last file, see render_variables_file
  std::vector<WeavePoint> points;
};

// The file of all variables of a package, to be compiled last.
inline constexpr std::string_view kVariablesFile = "otel.weave.go";
std::string render_variables_file(const plan::PackagePlan& plan, const std::string& package_name,
                                  const std::string& variables);

WovenFile weave_file(const plan::PackagePlan& plan, const GoFile& file, bool race_detector = false);

}  // namespace otel::weave
