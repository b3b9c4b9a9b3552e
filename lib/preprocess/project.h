// SPDX-License-Identifier: Apache-2.0
//
// Which modules a command builds from: a module or a workspace, either with vendored dependencies or without,
// and their files.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "gotool/build_graph.h"
#include "gotool/build_request.h"
#include "gotool/module_file.h"
#include "gotool/toolchain.h"
#include "plan/input_reader.h"
#include "plan/vendor.h"
#include "preprocess/own_cache.h"

namespace otel::preprocess {

enum class ProjectKind { Module, Workspace };

struct Project {
  ProjectKind kind = ProjectKind::Module;
  bool vendored = false;    // whether go would build it from the directory vendor/ of `root`
  base::Path root;          // of the main module or of the workspace: where the support module is shown
  base::Path file;          // go.mod, the file of -modfile, or go.work
  std::string text;         // of that file
  std::string sums;         // of the go.sum or go.work.sum beside it
  gotool::ModuleFile user;  // the contents of go.mod; of a workspace, what its modules require together
  std::vector<plan::VendoredModule> vendored_modules;
  // The main module, or one of the workspace, is the one that hooks import: then that is in the build.
  bool has_hook_module = false;

  // `user` with the versions that the plain build links, which a go.mod can leave unsaid, or replace. Set
  // once the build graph is known; `user` itself until then.
  gotool::ModuleFile linked;
};

// Sets `linked`.
void add_linked_versions(const gotool::BuildGraph& graph, Project& project);

// The project, or why a build of it can't be woven. All files that were read are inputs.
std::variant<Project, std::string> read_project(const gotool::Toolchain& toolchain,
                                                const gotool::BuildSettings& settings,
                                                plan::InputReader& reader);

// Lets go find the module that hooks import where the project requires this release's version of it.
void provide_hook_module(const gotool::Toolchain& toolchain, const OwnCache& cache,
                         const gotool::BuildSettings& settings, const Project& project);

// The file of checksums that go keeps beside a go.mod or go.work.
base::Path sum_file(const base::Path& file);

}  // namespace otel::preprocess
