// SPDX-License-Identifier: Apache-2.0
//
// Rule files on the disk and inside of otel: the sources of rules, in the order in which they are merged. All
// that is read, and where something could have been, is noted in the inputs.
//
//   built in               rulesets/ inside of otel
//   dependency             otel.rules.yaml in the root of a module of the build
//   project                otel.rules.yaml and .otel/*.yaml in the main module's root and the folders above
//   it, up
//                          to the root of the repository or the workspace; outer ones first
//   named                  --rules FILE|DIR
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "driver/site.h"
#include "gotool/build_graph.h"
#include "plan/inputs.h"
#include "rules/loader.h"

namespace otel::driver {

inline constexpr std::string_view kProjectFile = "otel.rules.yaml";
inline constexpr std::string_view kProjectFolder = ".otel";

// The folders that a project's rule files may be in, from the outermost to `module_root`. Without a
// repository or a workspace around it that is the module's root alone.
std::vector<base::Path> project_folders(const base::Path& module_root, const base::Path& work_folder);

// What --rules names; folders are listed. An Error if there is none.
std::vector<base::Path> find_rule_files(const std::vector<std::string>& named);

// One rule file of the disk, with the rules' origin filled in.
rules::RuleFile read_rule_file(const base::Path& path, rules::Origin origin, plan::Inputs& inputs);

struct RuleSources {
  std::vector<rules::RuleFile> built_in;
  std::vector<rules::RuleFile> project;
  std::vector<rules::RuleFile> named;
};

// All that is known before the packages of the build are.
RuleSources read_rule_sources(const Site& site, plan::Inputs& inputs);

// These and the files of the modules in the build, merged. The file of a module that is disabled is not read.
std::vector<rules::Rule> merge_rule_sources(const Site& site, const RuleSources& sources,
                                            const gotool::BuildGraph& graph, plan::Inputs& inputs);

}  // namespace otel::driver
