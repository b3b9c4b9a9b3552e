// SPDX-License-Identifier: Apache-2.0
//
// A rule: what is to be woven where. Made by the loader from YAML, read by everything behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "gotool/module_version.h"

namespace otel::rules {

enum class RuleKind {
  Function,  // hooks at entry and exit of a function
  Struct,    // a field added to a struct type
  File,      // a file added to a package, or put in the place of one of the same name
  Call,      // one call expression in a function replaced
  Raw,       // a statement inserted into a function
};

// "F", "T.M" or "(*T).M". Rules may write "T[_].M" and "(*T[_]).M" for methods of generic types.
struct FunctionName {
  std::string receiver;  // base type name; empty for a function
  bool pointer = false;
  std::string name;

  std::string text() const;
  bool operator==(const FunctionName&) const = default;
};

// Nothing if the text is none of the three forms.
std::optional<FunctionName> parse_function_name(std::string_view text);

enum class RawPosition { Entry, Return };

struct Rule {
  std::string name;      // unique among all rules of a build
  std::string library;   // of its file
  std::string hooks;     // import path of the package with the hook functions; empty if its file names none
  bool support = false;  // only woven where a rule of another file is; what every woven program needs
  RuleKind kind = RuleKind::Function;
  std::string package;                          // import path
  std::optional<gotool::VersionRange> go;       // releases of the Go toolchain
  std::optional<gotool::VersionRange> version;  // of the package's module

  FunctionName function;  // Function, Call, Raw
  std::string before;     // Function: name of the hook, or empty
  std::string after;
  std::string struct_name;                    // Struct
  std::string field;                          // Struct: a field declaration, "name type"
  std::string file_name;                      // File: base name
  std::string file_text;                      // File: the Go source
  std::string call;                           // Call: the expression as it stands in the source, blanks aside
  std::string replace;                        // Call
  RawPosition position = RawPosition::Entry;  // Raw
  std::string insert;                         // Raw: a statement

  base::Place place;  // of the rule's name
};

}  // namespace otel::rules
