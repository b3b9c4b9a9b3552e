// SPDX-License-Identifier: Apache-2.0
//
// What the rules of a dependency may do, with and without the consent of the project that is built. A
// dependency's file is input from outside: building must run nothing that it chose, as `go build` doesn't.
//
//   without consent   kinds function, struct, directive, value and accessor, in packages of its own module,
//                     with hooks of its own module
//   with consent      all kinds, in any package
//   never             text that makes go's tools do something (see rules/rule_text_check.h), and files
//   outside
//                     of the module's root
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "gotool/module_version.h"
#include "rules/rule.h"

namespace otel::rules {

// An entry of "trust" in a file of the project: consent to the rules of a module.
struct TrustEntry {
  std::string module;                           // its path, or a pattern as of packages
  std::optional<gotool::VersionRange> version;  // of the module; any if there is none
  std::string digest;                           // of its rules, as rules_digest gives it; empty: any
  base::Place place;
};

// "sha256:" and 64 digits for a rule file and the files that its rules add: paths relative to the module's
// root with their bytes, the rule file first.
std::string rules_digest(const std::vector<std::pair<std::string, std::string>>& files);

enum class Trust {
  None,     // no entry is for the module in this version
  Changed,  // one is, but for other rules
  Given,
};
Trust find_trust(const std::vector<TrustEntry>& entries, std::string_view module, std::string_view version,
                 std::string_view digest);

// Whether a package path is that of a module or beneath it, as text.
bool is_path_in_module(std::string_view import_path, std::string_view module);

// Why a dependency's rule isn't woven without consent; nothing if it needs none. Such a rule is woven into
// packages of its own module only, which selecting sees to (Rule::confined): a pattern may match others.
std::optional<std::string> needs_consent(const Rule& rule);

}  // namespace otel::rules
