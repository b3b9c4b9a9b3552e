// SPDX-License-Identifier: Apache-2.0
//
// A Go package as far as weaving looks at it: its files with their outlines, and functions found in them by
// name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

#include "notation/function_name.h"

namespace otel::gocode {

struct GoFile {
  syntax::SourceFile source;
  syntax::TokenList tokens;
  syntax::Outline outline;

  GoFile(std::string path, std::string bytes);
  std::string_view text(syntax::Span span) const { return source.text(span); }
};

struct GoPackage {
  std::string path;  // import path
  std::vector<GoFile> files;
};

// What the names that weaving adds to a package begin with: "otel", or "otel2" and so on if an identifier of
// the package begins with "otel_". Imports without a name are read by their paths.
std::string choose_prefix(const GoPackage& package);

struct FoundFunction {
  const GoFile* file = nullptr;
  const syntax::Function* function = nullptr;
};

notation::FunctionName function_name(const syntax::Function& function);

const syntax::Function* find_function(const syntax::Outline& outline, const notation::FunctionName& name);
std::optional<FoundFunction> find_function(const GoPackage& package, const notation::FunctionName& name);

// The function that a rule names. Throws an Error at `place` if there is none.
FoundFunction require_function(const GoPackage& package, const std::string& name, const std::string& rule,
                               const base::Place& place);

// "F", "T.M" or "(*T).M" of every function, for near-name hints.
std::vector<std::string> function_names(const GoPackage& package);

// The name that code in a file uses for an import without an explicit name can't be read off the file; this
// is the import that `qualifier` most likely is, by the customs of import paths ("…/redis/v9" is redis,
// "gopkg.in/x.v1" is x).
const syntax::ImportSpec* find_import(const syntax::Outline& outline, std::string_view qualifier);

// "int", "any", "error" and so on.
bool is_predeclared_type(std::string_view name);

// A type as text that is equal for equal types, in whichever file they are written: qualifiers become quoted
// import paths, names of the own package get its path, blanks and names of parameters go, interface{} is any.
std::string canonical_type(const GoFile& file, const std::string& package, syntax::Span type);

// Whether a type in the signature of a function names one of its type parameters, or of its receiver's.
bool depends_on_type_parameter(const GoFile& file, const syntax::Function& function, syntax::Span type);

// The names in a type that the file's own package declares.
std::vector<syntax::Span> own_type_names(const GoFile& file, syntax::Span type);

}  // namespace otel::gocode
