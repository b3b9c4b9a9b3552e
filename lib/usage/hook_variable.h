// SPDX-License-Identifier: Apache-2.0
//
// What the kinds share that put hook functions into packages which may not import what the functions name:
// the woven package has a variable that holds the function, and the glue sets it; and where a file uses a
// name of another package.
#pragma once

#include <string>
#include <vector>

#include "gocode/file_weaving.h"
#include "gocode/go_package.h"
#include "notation/rule_head.h"
#include "notation/rule_reader.h"

namespace otel::usage {

// import/path.Name
struct QualifiedName {
  std::string package;
  std::string name;

  std::string text() const { return package + "." + name; }
};

// The value of a key: "gopkg.in/yaml.v3.Marshal", whose name is after the last period. An Error with its
// place says that it isn't `what`.
QualifiedName read_qualified_name(const notation::RuleReader& in, std::string_view key, std::string_view what,
                                  const std::string& hint);

// The glue that sets a variable of the woven package to a function of the hooks, whose type isn't spelled.
std::string render_variable_glue(const std::string& glue_package, const std::string& hooks,
                                 const std::string& target_package, const std::string& variable,
                                 const std::string& function);
std::string declare_hook_variable(const gocode::Compilation& compilation, const std::string& variable);

// Whether a file imports a package under some name.
bool imports_package(const std::string& path, const std::string& bytes, const std::string& wanted);

// Token indices, of the first and the last token.
struct TokenRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

struct Uses {
  std::vector<TokenRange> qualified;  // "pkg.Name"
  std::vector<TokenRange> bare;       // "Name", in the package itself or through a dot import
};

// `package_name` is that of the package clause, for imports that give no other.
Uses find_uses(const gocode::GoFile& file, const std::string& own_package, const QualifiedName& wanted,
               const std::string& package_name);

// Whether other weaves have replaced what is there.
bool is_replaced(const gocode::FileWeaving& weaving, syntax::Span span);

inline constexpr std::string_view kReplaced = "another rule has replaced the expression";

}  // namespace otel::usage
