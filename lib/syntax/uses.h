// SPDX-License-Identifier: Apache-2.0
//
// Where the functions and the package-level variables of a file use a name of the file's or the package's
// scope: an import, above all. A name that a function declares itself (a parameter, `http := …`, a type)
// hides the outer one as far as its own scope reaches, as the Go specification has it. Types and labels are
// not looked at, but for those of composite literals and of their elements: what is asked for are names of
// functions, of types before a literal's brace, and of packages before either.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

// Token indices, ascending. The file must have a complete outline.
std::vector<std::size_t> uses(const SourceFile& file, const TokenList& tokens, const Outline& outline,
                              const std::vector<std::string>& names);

// What a function declares, and what is known of its type from the declaration alone. Without a type and
// without values (a type, a constant's name, a variable of a type switch) nothing is.
struct LocalName {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::string name;
  Span type;                   // empty if none is written
  bool variadic = false;       // the type is that of one element
  std::size_t values = kNone;  // token after "=" or ":=", `range` for a range clause
  std::size_t index = 0;       // of the name among those that are declared together
  std::size_t count = 1;       // of these
  bool is_type = false;
};

struct NameUse {
  std::size_t token = 0;
  std::size_t local = LocalName::kNone;  // index; none: a name of the file's, the package's or Go's own scope
};

struct Scopes {
  std::vector<LocalName> locals;
  std::vector<NameUse> uses;  // by token, ascending

  // The use at a token; null if it isn't one.
  const NameUse* find(std::size_t token) const;
};

// All names, in the functions and the values of package-level variables.
Scopes scopes(const SourceFile& file, const TokenList& tokens, const Outline& outline);

}  // namespace otel::syntax
