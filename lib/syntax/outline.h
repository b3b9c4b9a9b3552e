// SPDX-License-Identifier: Apache-2.0
//
// What a Go file declares, read from its tokens without looking into a body. Rules are matched against it,
// and weaving finds here the places where its text goes. Names are as go/parser gives them (a differential
// test holds the two together over the whole standard library).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

// A name and where it stands. One that was not written has no text and an empty span.
struct Name {
  std::string text;
  Span span;
};

// { … }, as byte offsets and as token indices of the braces themselves.
struct Braces {
  std::size_t open = 0;
  std::size_t close = 0;
  std::size_t open_token = 0;
  std::size_t close_token = 0;
};

// `import name "path"`
struct ImportSpec {
  std::string name;  // "" if none is written; "_" and "." are names
  std::string path;  // unquoted
  Span span;         // from the name, or the path if there is none, to the end of the path
};

// One of `[K, V any]`: names with one constraint share its span.
struct TypeParameter {
  Name name;
  Span constraint;
};

// One of `(a, b int, rest ...string)`: names with one type share its span. The name of an unnamed parameter
// is an empty span before its type, where a name could be written.
struct Parameter {
  Name name;
  Span type;  // of a variadic parameter the type after its dots
  bool variadic = false;
};

// `(b *Box[T, _])`
struct Receiver {
  Name name;
  Span type;         // as written, `*Box[T, _]`
  std::string base;  // `Box`
  bool pointer = false;
  std::vector<Name> type_params;
};

struct Function {
  Name name;
  std::optional<Receiver> receiver;
  std::vector<TypeParameter> type_params;
  std::vector<Parameter> params;
  Span params_list;  // with its parentheses
  std::vector<Parameter> results;
  Span results_list;  // with its parentheses if it has some; empty, after the parameters, without results
  bool results_parenthesised = false;
  std::optional<Braces> body;
  std::size_t func_token = 0;    // the token index of the keyword `func`
  std::vector<Span> directives;  // see directives.h
  Span span;                     // from `func` to the closing brace, or to the end of the signature
};

// `Name[T any] = type` within a type declaration.
struct TypeDecl {
  Name name;
  std::vector<TypeParameter> type_params;
  Span type;
  bool alias = false;
};

// A TypeDecl whose type is written as `struct {…}`.
struct StructDecl {
  Name name;
  std::vector<TypeParameter> type_params;
  Braces body;
  bool alias = false;
};

// One name of a var or const declaration.
struct Value {
  Name name;
  Span type;   // empty if none is written
  Span value;  // empty unless there are as many expressions as names
};

struct Outline {
  Span package_keyword;
  Name package_name;
  // Behind the package's name, before the semicolon: `; import x "p"` can stand there on the same line.
  std::size_t package_end = 0;
  std::vector<ImportSpec> imports;
  std::vector<Function> functions;
  std::vector<TypeDecl> types;      // all of them
  std::vector<StructDecl> structs;  // those of them which are structs
  std::vector<Value> variables;
  std::vector<Value> constants;
  // False if something at the top level was not understood, or a token anywhere is invalid or a bracket
  // without its partner; what could be read is there, but a function without a body may have had one. True
  // does not mean that the file compiles: of bodies no more is looked at.
  bool complete = true;
};

Outline outline(const SourceFile& file, const TokenList& tokens);

}  // namespace otel::syntax
