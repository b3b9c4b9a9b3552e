// SPDX-License-Identifier: Apache-2.0
//
// A package plan and the files of the package to what is compiled instead of them: the only way to weave, of
// the tool process, of matching, which looks where rules go in, and of `otel rules test`. Lines stay where
// they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/package_plan.h"

#include "gocode/file_weaving.h"
#include "gocode/go_package.h"

namespace otel::weave {

// The file of all variables of a package, to be compiled last.
inline constexpr std::string_view kVariablesFile = "otel.weave.go";

struct OutputFile {
  // Index of the file that it replaces; nothing: it is new, and compiled after all others,
  // which keeps the order of imports as it was.
  std::optional<std::size_t> replaces;
  std::string name;  // base name
  std::string text;
};

struct WovenPackage {
  std::vector<OutputFile> files;  // those that differ, in the order in which they are compiled
  std::vector<gocode::WeavePoint> points;
};

// A file that doesn't parse is unchanged, so that the compiler reports it.
WovenPackage weave_package(const plan::PackagePlan& plan, const std::vector<gocode::GoFile>& files,
                           bool race_detector = false);

}  // namespace otel::weave
