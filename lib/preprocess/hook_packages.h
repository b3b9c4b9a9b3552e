// SPDX-License-Identifier: Apache-2.0
//
// The Go packages that hooks are in, read once each: those of the support module from the embedded files, the
// user's as go lists them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "gotool/build_graph.h"
#include "gotool/go_command.h"
#include "gotool/toolchain.h"
#include "plan/input_reader.h"
#include "rules/rule.h"

#include "gocode/go_package.h"

namespace otel::preprocess {

// The package with its Go files read; those of a module that may change are added to the inputs.
gocode::GoPackage read_package(const gotool::Package& package, plan::InputReader& reader);

// Throws an Error if the module that hooks import is there in a version with a higher API level than this
// otel's, whose own copy woven programs have.
void check_api_level(const gotool::BuildGraph& graph, const base::FileSystem& files);

class HookPackages {
 public:
  // go list is run for `command` if hooks are in a package that is not in the graph. What is passed must
  // outlive this.
  HookPackages(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
               const gotool::BuildGraph& graph, plan::InputReader& reader)
      : toolchain_(toolchain), command_(command), graph_(graph), reader_(reader) {}

  // The package of the rule's key "hooks", which must not be empty. Throws an Error at that key if there is
  // no such package, or if what otel generates could not import it.
  const gocode::GoPackage& of(const rules::Rule& rule);

  // Whether the hooks of a rule for several packages, by pattern or all of the user's, are in this package or
  // import it, directly or not: woven into what they use, they would call themselves.
  bool depend_on(const rules::Rule& rule, const std::string& import_path);

 private:
  gocode::GoPackage read_listed(const rules::Rule& rule);
  gotool::BuildGraph list(const rules::Rule& rule) const;
  std::set<std::string> imports_of(const rules::Rule& rule);
  void check_module(const rules::Rule& rule) const;

  const gotool::Toolchain& toolchain_;
  const gotool::GoCommand& command_;
  const gotool::BuildGraph& graph_;
  plan::InputReader& reader_;
  std::map<std::string, std::unique_ptr<gocode::GoPackage>> packages_;  // by import path
  std::map<std::string, std::string> modules_;                          // likewise: paths of their modules
  std::map<std::string, std::set<std::string>> imports_;                // likewise, transitive
};

}  // namespace otel::preprocess
