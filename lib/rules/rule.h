// SPDX-License-Identifier: Apache-2.0
//
// A rule: what is to be woven where. The loader reads it from YAML. The fields of one kind are in
// kinds/.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gotool/module_version.h"

#include "kinds/kinds.h"
#include "notation/rule_head.h"

namespace otel::rules {

// Where a rule comes from, in the order in which the sources are read.
enum class Origin {
  BuiltIn,     // otel itself
  Dependency,  // a module of the build
  Project,     // files of the main module's project
  Named,       // --rules
};

struct Rule : notation::RuleHead {
  std::string library;  // of its file
  Origin origin = Origin::Named;
  std::string module;      // Dependency: path of the module
  bool confined = false;   // Dependency, without consent: for packages of that module alone
  bool overrides = false;  // takes the place of an earlier rule of its name
  std::string
      inactive_reason;   // why it doesn't count: disabled, overridden, without consent; empty if it does
  bool support = false;  // only woven where a rule of another file is; what every woven program needs
  std::optional<gotool::VersionRange> go;       // releases of the Go toolchain
  std::optional<gotool::VersionRange> version;  // of the package's module
  int order = 0;  // of rules on one function: the lower runs first at entry and last at exit
  // What its kind has. Nothing in a built-in rule of which only the head is read, as its package isn't in the
  // build; then the rest isn't known either.
  std::shared_ptr<const kinds::RuleBody> body;

  // Of a rule with a body.
  const kinds::KindFacts& kind() const { return kinds::facts(*body); }
  // Whether more than one function may be meant.
  bool is_pattern() const {
    const auto* selector = body ? kinds::selector(*body) : nullptr;
    return (selector && selector->functions) || is_for_packages();
  }
};

}  // namespace otel::rules
