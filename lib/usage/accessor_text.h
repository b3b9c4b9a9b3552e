// SPDX-License-Identifier: Apache-2.0
//
// The file that gives hooks a function which reads what a package doesn't export.
#pragma once

#include <optional>
#include <string>

#include "gocode/go_package.h"
#include "notation/rule_head.h"

namespace otel::usage {

struct Accessor {
  std::string parameter;  // its name in the expressions; empty if there is none
  bool pointer = false;
  std::string qualifier;  // of a type that the package imports
  std::string type;
  std::string expression;  // one for each result, on one line
  std::string variable;    // of the hooks
};

// "c *pool.Conn"; nothing if the text is no name and type.
std::optional<Accessor> parse_accessor_parameter(const std::string& text);

struct AccessorFile {
  std::string text;
  base::Place type;      // where the type is declared; no file if it isn't the package's own
  base::Place variable;  // of the hooks
  std::string missing;   // what the package hasn't got; then there is no text
};

// `symbol` is what the names begin with that are added, `prefix` what those within them do. Throws an Error
// for what is wrong whatever the package is: with its place in the rule, or in the hooks.
AccessorFile render_accessor(const notation::RuleHead& rule, const Accessor& accessor,
                             const gocode::GoPackage& package, const gocode::GoPackage& hooks,
                             const std::string& prefix, const std::string& symbol);

}  // namespace otel::usage
