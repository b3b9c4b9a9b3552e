// SPDX-License-Identifier: Apache-2.0
//
// "where" of a rule: which of the functions that the rule names it is for, by their signatures and files.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notation/function_name.h"
#include "notation/pattern.h"

namespace otel::notation {

// Whether a type has the methods of an interface, which is named as in a rule: "io.Closer", "error", or
// without a package one of the named package.
using Implements =
    std::function<bool(const std::string& type, const std::string& interface, const std::string& package)>;

// What a condition may ask of a function. Types are spelled as gocode::canonical_type does.
struct FunctionFacts {
  std::string package;  // import path
  FunctionName name;
  std::vector<std::string> parameters;  // without the receiver; of a variadic one the slice
  std::vector<std::string> results;
  std::vector<std::string> imports;          // of the function's file
  std::string receiver = {};                 // its type; empty if there is none
  std::string signature = {};                // a func type, without the receiver
  std::vector<std::string> directives = {};  // "acme:audit" of a line //acme:audit … above the function
  std::string package_name = {};             // of the package's clause
  Implements implements = {};
};

enum class ConditionKind {
  All,
  Any,
  Not,
  FirstParameter,
  LastParameter,
  HasParameter,
  FirstResult,
  LastResult,
  HasResult,
  Parameters,
  Results,
  Imports,
  Function,
  Package,
  Exported,
  ParameterTypes,
  ResultTypes,
  Signature,
  ReceiverImplements,
  ParameterImplements,
  ResultImplements,
  LastResultImplements,
  Directive,
  PackageName,
};

// "2", ">=1", "<3"
struct CountRange {
  std::string comparison;
  std::size_t count = 0;

  static std::optional<CountRange> parse(std::string_view text);
  bool contains(std::size_t number) const;
};

struct Condition {
  ConditionKind kind = ConditionKind::All;
  std::vector<Condition> parts;  // All, Any, Not (one)
  std::string text;              // of a type, an import path or a package, which may have wildcards
  std::map<std::size_t, std::string> types;  // ParameterTypes, ResultTypes: by position
  CountRange count;                          // Parameters, Results
  std::optional<FunctionPattern> functions;  // Function; nothing if the text is one name
  bool flag = false;                         // Exported

  bool holds(const FunctionFacts& facts) const;
};

// Whether a type of a rule, "*net/http.Request", "[]Item", "context.Context", is the canonical one. A package
// is named by its import path, or by the customary name for one; a name without package is predeclared or the
// own package's.
bool matches_type(std::string_view written, std::string_view canonical, std::string_view own_package);

}  // namespace otel::notation
