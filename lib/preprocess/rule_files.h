// SPDX-License-Identifier: Apache-2.0
//
// Rule files on the disk and inside of otel: the sources of rules, in the order in which they are merged. All
// that is read, and where something could have been, is noted by the reader. A file of the project or of
// --rules belongs to the user or root (preprocess/ownership); one of a dependency is confined to its module
// (rules/trust).
//
//   built in               rulesets/ inside of otel; of rulesets/optional/ what --enable names
//   dependency             otel.rules.yaml in the root of a module of the build, or of one that the project
//   trusts project                otel.rules.yaml and .otel/*.yaml in the main module's root and the
//   directories above it, up
//                          to the root of the repository or the workspace; outer ones first
//   named                  --rules FILE|DIR
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "cli/options.h"
#include "gotool/build_graph.h"
#include "gotool/toolchain.h"
#include "plan/input_reader.h"
#include "preprocess/ownership.h"
#include "rules/loader.h"

namespace otel::preprocess {

inline constexpr std::string_view kProjectFile = "otel.rules.yaml";
inline constexpr std::string_view kProjectDirectory = ".otel";

// The directories that a project's rule files may be in, from the outermost to `module_root`. Without a
// repository or a workspace around it that is the module's root alone. A repository of another user ends the
// search too, and then an Error is thrown for a rule file between it and the module's root.
std::vector<base::Path> find_project_directories(const base::Path& module_root,
                                                 const base::Path& work_directory, const Ownership& ownership,
                                                 plan::InputReader& reader);

// What --rules names; directories are listed. An Error if there is none.
std::vector<base::Path> find_rule_files(const std::vector<std::string>& named, plan::InputReader& reader);

// One rule file of the project or of --rules, with the rules' origin filled in.
rules::RuleFile read_rule_file(const base::Path& path, rules::Origin origin, const Ownership& ownership,
                               plan::InputReader& reader);

// Where the project's own file is, that `otel rules trust` writes: in the root of the main module, or of the
// workspace.
base::Path project_file(const gotool::Toolchain& toolchain);

struct RuleSources {
  std::vector<rules::RuleFile> built_in;  // their heads
  std::vector<rules::RuleFile> project;
  std::vector<rules::RuleFile> named;
};

// All that is known before the packages of the build are.
RuleSources read_rule_sources(const gotool::Toolchain& toolchain, const cli::Options& options,
                              plan::InputReader& reader);

// A dependency with rules.
struct RuleModule {
  std::string path;
  std::string version;
  base::Path directory;
  bool local = false;       // its files may change
  std::string digest = "";  // of its rules
  rules::Trust trust = rules::Trust::None;
};

struct MergedRules {
  std::vector<rules::Rule> rules;
  std::vector<RuleModule> modules;
  // Whole lines for stderr: rules of dependencies that are not woven for want of consent, and files of
  // dependencies that can't be read.
  std::vector<std::string> warnings;
};

// These and the files of the modules in the build, merged. The file of a module that is disabled is not read.
// What is wrong with a dependency's file is a warning, and its rules are skipped: only the user's own files
// stop a build. `trusted` are modules with consent regardless of the project's files.
MergedRules merge_rule_sources(const gotool::Toolchain& toolchain, const cli::Options& options,
                               RuleSources sources, const gotool::BuildGraph& graph,
                               plan::InputReader& reader, const std::vector<std::string>& trusted = {});

// Reads the rest of the built-in rules whose packages may be in the build.
void read_bodies(std::vector<rules::Rule>& rules, const gotool::BuildGraph& graph);

}  // namespace otel::preprocess
