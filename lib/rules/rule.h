// SPDX-License-Identifier: Apache-2.0
//
// A rule: what is to be woven where. Made by the loader from YAML, read by everything behind it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "gotool/module_version.h"
#include "rules/condition.h"
#include "rules/function_name.h"
#include "rules/pattern.h"

namespace otel::rules {

enum class RuleKind {
  Function,   // hooks at entry and exit of a function
  Struct,     // a field added to a struct type
  File,       // a file added to a package, or put in the place of one of the same name
  Call,       // one call expression in a function replaced
  Raw,        // a statement inserted into a function
  Wrap,       // a function of the hooks in the place of a function of another package, wherever it is used
  Directive,  // hooks around the functions that have a directive
  Value,      // the initial value of a package-level variable, or the value of a constant
};

enum class RawPosition { Entry, Return };

// Where a rule comes from, in the order in which the sources are read.
enum class Origin {
  BuiltIn,     // otel itself
  Dependency,  // a module of the build
  Project,     // files of the main module's project
  Named,       // --rules
};

struct Rule {
  std::string name;     // unique among all rules of a build
  std::string library;  // of its file
  Origin origin = Origin::Named;
  std::string module;      // Dependency: path of the module
  bool confined = false;   // Dependency, without consent: for packages of that module alone
  bool overrides = false;  // takes the place of an earlier rule of its name
  std::string set_aside;   // why it doesn't count: disabled, overridden, without consent; empty if it does
  std::string hooks;       // import path of the package with the hook functions; empty if its file names none
  bool support = false;    // only woven where a rule of another file is; what every woven program needs
  RuleKind kind = RuleKind::Function;
  // Import path, or a pattern of several. May be empty for Wrap and Directive, which then are for the
  // packages whose files are local.
  std::string package;
  std::optional<gotool::VersionRange> go;       // releases of the Go toolchain
  std::optional<gotool::VersionRange> version;  // of the package's module

  FunctionName function;  // Function, Call, Raw; empty if several functions are meant
  std::optional<FunctionPattern> functions;
  std::optional<Condition> where;
  int order = 0;       // of rules on one function: the lower is entered first and left last
  std::string before;  // Function: name of the hook, or empty
  std::string after;
  std::string struct_name;                    // Struct
  std::string field;                          // Struct: a field declaration, "name type"
  std::string file_name;                      // File: base name
  std::string file_text;                      // File: the Go source
  std::string call;                           // Call: the expression as it stands in the source, blanks aside
  std::string replace;                        // Call
  RawPosition position = RawPosition::Entry;  // Raw
  std::string insert;                         // Raw: a statement
  std::string callee_package;                 // Wrap: import path
  std::string callee;                         // Wrap: name of the function in that package
  std::string with;                           // Wrap: name of the function of the hooks
  std::string directive;                      // Directive: "otel:span"
  std::string variable;                       // Value: name of the variable or constant
  std::string value;                          // Value: an expression

  base::Place place;                          // of the rule's name
  std::map<std::string, base::Place> places;  // of the values, by key

  // Whether more than one function may be meant.
  bool is_pattern() const { return functions || package.empty() || is_package_pattern(package); }
  // Of the value of a key, or of the name.
  const base::Place& place_of(const std::string& key) const {
    auto found = places.find(key);
    return found == places.end() ? place : found->second;
  }
};

}  // namespace otel::rules
