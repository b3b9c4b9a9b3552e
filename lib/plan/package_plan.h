// SPDX-License-Identifier: Apache-2.0
//
// What is to be done to one package: all that a tool process has to know. Text lines in the manner of
// importcfg, one weave a line, fields separated by tabs; `cat` is the debugger. Free of paths of this
// machine, since its digest is part of the package's identity in the build cache.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace otel::plan {

// How a hook takes one receiver, parameter or result of the woven function.
enum class Pass : char {
  Omit = '-',     // not at all
  Value = 'v',    // type T: its value
  Pointer = 'p',  // type *T: to read and to change
  Boxed = 'i',    // any: its value in an interface
};

// How one hook takes all of them. Parameters start with the receiver of a method. Either list is empty if the
// hook takes none of that kind; else it has one entry each.
struct HookShape {
  std::vector<Pass> parameters;
  std::vector<Pass> results;

  // "-vp|v"
  std::string text() const;
  static HookShape parse(std::string_view text);
  bool operator==(const HookShape&) const = default;
};

struct FunctionWeave {
  std::string rule;
  std::string symbol;  // prefix of the names that are added to the package, "otel_<rule>_<function>"
  rules::FunctionName function;
  HookShape before;
  bool has_after = false;
  HookShape after;
};

struct StructWeave {
  std::string rule;
  std::string name;
  std::string field;
};

struct FileWeave {
  std::string rule;
  std::string name;  // base name
  std::string text;
};

struct CallWeave {
  std::string rule;
  rules::FunctionName function;
  std::string call;
  std::string replace;
};

struct RawWeave {
  std::string rule;
  rules::FunctionName function;
  rules::RawPosition position = rules::RawPosition::Entry;
  std::string insert;
};

struct WrapWeave {
  std::string rule;
  std::string symbol;               // prefix of the names that are added to the package
  std::string callee_package;       // import path
  std::string callee_package_name;  // of its package clause, for imports that give no other
  std::string callee;
};

struct ValueWeave {
  std::string rule;
  std::string name;  // of a variable or constant
  std::string value;
};

struct PackagePlan {
  std::string package;  // import path
  // What the names begin with that weaving adds: "otel" unless the package has such names, else "otel2" and
  // so on.
  std::string prefix = "otel";
  std::vector<FunctionWeave> functions;
  std::vector<StructWeave> structs;
  std::vector<FileWeave> files;
  std::vector<CallWeave> calls;
  std::vector<RawWeave> raws;
  std::vector<WrapWeave> wraps;
  std::vector<ValueWeave> values;

  bool empty() const;
};

std::string render_package_plan(const PackagePlan& plan);
// Throws base::InternalError for a text that render_package_plan doesn't write.
PackagePlan parse_package_plan(std::string_view text);

// What stands behind "-otel=" for a package with that plan: covers the text and the version of the weaver.
std::string package_plan_digest(std::string_view rendered);

}  // namespace otel::plan
