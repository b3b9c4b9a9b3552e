// SPDX-License-Identifier: Apache-2.0
//
// The types of expressions, as far as the text and the declarations of a build tell: of what is declared with
// a type or with a value whose type is known, fields, results of functions and methods, elements, composite
// literals, conversions and assertions. What can't be told has no type; nothing is guessed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/uses.h"

#include "gocode/go_package.h"
#include "types/type_facts.h"

namespace otel::types {

using gocode::GoFile;

class ExpressionTypes {
 public:
  // A file with the names of its imports (with_import_names). What is passed must outlive this.
  ExpressionTypes(const GoFile& file, const std::string& package, TypeFacts& facts);

  // The canonical type of the expression that starts at a token, without aliases; empty if it can't be told.
  std::string type_of(std::size_t at) { return value_type(operand_until(at, 0)); }
  // The same if the expression ends before a token.
  std::string type_of(std::size_t at, std::size_t end) { return value_type(operand_until(at, end)); }

  // Of a call all results.
  std::vector<std::string> types_of(std::size_t at);

  const syntax::Scopes& scopes() const { return scopes_; }
  // Whether a name at a token isn't one that a function declares.
  bool is_outer(std::size_t token) const;

 private:
  enum class Form { Unknown, Package, Type, Value, Builtin };
  struct Operand {
    Form form = Form::Unknown;
    std::string text;                // path of a package, canonical type, name of a function of Go's own
    std::vector<std::string> types;  // of a call with several results
  };

  static std::string value_type(const Operand& operand) {
    return operand.form == Form::Value && operand.types.empty() ? operand.text : "";
  }
  Operand value(std::string type) {
    return type.empty() ? Operand{} : Operand{Form::Value, facts_.resolved(std::move(type)), {}};
  }
  Operand operand_until(std::size_t at, std::size_t end);
  std::size_t unary(std::size_t at, Operand& out);
  std::size_t primary(std::size_t at, Operand& out);
  std::size_t suffix(std::size_t at, Operand& out);
  std::size_t call(std::size_t open, Operand& out);
  Operand name(std::size_t at);
  Operand object(const std::string& package, const std::string& name);
  Operand selected(const Operand& from, const std::string& name);
  std::string local_type(std::size_t local);
  std::string declared_type(const syntax::LocalName& local);
  std::string ranged_type(std::size_t expression, std::size_t index);
  std::string spelled(syntax::Span type) const;
  std::string underlying(const std::string& type);

  std::string_view text(std::size_t at) const { return file_.text(file_.tokens.span(at)); }

  const GoFile& file_;
  const std::string& package_;
  TypeFacts& facts_;
  syntax::Scopes scopes_;
  std::vector<std::optional<std::string>> locals_;
  int depth_ = 0;        // of expressions in others
  std::size_t end_ = 0;  // of the expression that is looked at; 0: where it ends by itself
};

}  // namespace otel::types
