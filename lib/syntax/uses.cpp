// SPDX-License-Identifier: Apache-2.0
#include "syntax/uses.h"

#include <algorithm>
#include <string_view>

#include "syntax/parameters.h"
#include "syntax/type_syntax.h"

namespace otel::syntax {
namespace {

using enum TokenKind;

// Where a statement without a keyword of its own stands, which decides what ends it.
enum class Within { Block, Header, Case };

// Walks over statements with the scopes that are open. Each function takes the index of a token and returns
// that of the one to look at next.
class Walk {
 public:
  // Without names all of them are looked at.
  Walk(const SourceFile& file, const TokenList& tokens, const std::vector<std::string>* names)
      : file_(file), tokens_(tokens), names_(names) {}

  void file(const Outline& outline) {
    for (const auto& function : outline.functions)
      if (function.body) this->function(function);
    for (std::size_t at = 0; !is(at, EndOfFile);)
      at = is(at, Var) || is(at, Const) ? std::max(values(at), at + 1) : tokens_.step(at);
    std::sort(found.uses.begin(), found.uses.end(),
              [](const NameUse& a, const NameUse& b) { return a.token < b.token; });
  }

  void function(const Function& function) {
    Scope scope(*this);
    if (function.receiver) {
      declare({.name = function.receiver->name.text, .type = function.receiver->type});
      for (const auto& parameter : function.receiver->type_params)
        declare({.name = parameter.text, .type = {}, .is_type = true});
    }
    for (const auto& parameter : function.type_params)
      declare({.name = parameter.name.text, .type = {}, .is_type = true});
    for (const auto& parameter : function.params)
      declare({.name = parameter.name.text, .type = parameter.type, .variadic = parameter.variadic});
    for (const auto& result : function.results) declare({.name = result.name.text, .type = result.type});
    statements(function.body->open_token + 1, function.body->close_token);
  }

  Scopes found;

 private:
  class Scope {
   public:
    explicit Scope(Walk& walk) : walk_(walk), begin_(walk.hidden_.size()), outer_(walk.scope_begin_) {
      ++walk_.depth_;
      walk_.scope_begin_ = begin_;
    }
    ~Scope() {
      walk_.hidden_.resize(begin_);
      walk_.scope_begin_ = outer_;
      --walk_.depth_;
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Walk& walk_;
    std::size_t begin_, outer_;
  };

  bool is(std::size_t at, TokenKind kind) const { return tokens_[at].is(kind); }
  std::string_view text(std::size_t at) const { return file_.text(tokens_.span(at)); }
  bool ends(std::size_t at) const {
    auto kind = tokens_[at].kind;
    return is_semicolon(kind) || is_closing(kind) || kind == EndOfFile;
  }
  std::size_t partner(std::size_t at) const { return tokens_[at].partner; }

  bool is_asked_for(std::string_view name) const {
    return !names_ || std::find(names_->begin(), names_->end(), name) != names_->end();
  }
  // Names of the outermost level are those of the package, and hide nothing of it.
  void declare(LocalName local) {
    if (depth_ == 0 || local.name.empty() || local.name == "_" || !is_asked_for(local.name)) return;
    hidden_.push_back(found.locals.size());
    found.locals.push_back(std::move(local));
  }
  // The innermost declaration, of those in hidden_ from `begin` on.
  std::size_t find_local(std::string_view name, std::size_t begin = 0) const {
    for (auto at = hidden_.size(); at > begin; --at)
      if (found.locals[hidden_[at - 1]].name == name) return hidden_[at - 1];
    return LocalName::kNone;
  }
  void visit(std::size_t at) {
    auto name = text(at);
    auto before = tokens_[at - 1].kind;
    if (before == Period || before == Break || before == Continue || before == Goto) return;
    if (is_asked_for(name)) found.uses.push_back({at, find_local(name)});
  }

  void statements(std::size_t at, std::size_t end) {
    while (at < end) at = std::max(statement(at), at + 1);
  }
  std::size_t block(std::size_t open) {
    Scope scope(*this);
    statements(open + 1, partner(open));
    return partner(open) + 1;
  }
  std::size_t statement(std::size_t at);
  std::size_t header(std::size_t at);
  std::size_t if_statement(std::size_t at);
  std::size_t for_statement(std::size_t at);
  std::size_t clauses_statement(std::size_t at);
  void clauses(std::size_t at, std::size_t end);
  std::size_t simple(std::size_t at, Within within);
  std::size_t values(std::size_t keyword);
  std::size_t value_spec(std::size_t at, bool constant);
  std::size_t types(std::size_t keyword);
  std::size_t type_spec(std::size_t at);
  void expressions(std::size_t at, std::size_t end) {
    while (at < end) at = std::max(piece(at), at + 1);
  }
  std::size_t piece(std::size_t at);
  std::size_t typed(std::size_t at);
  std::size_t literal(std::size_t func);
  bool is_operand_end(std::size_t at) const;

  const SourceFile& file_;
  const TokenList& tokens_;
  const std::vector<std::string>* names_;
  std::vector<std::size_t> hidden_;  // the locals of the open scopes
  std::size_t scope_begin_ = 0;      // where those of the innermost begin
  std::size_t depth_ = 0;
};

std::size_t Walk::statement(std::size_t at) {
  switch (tokens_[at].kind) {
    case LeftBrace:
      return block(at);
    case If:
      return if_statement(at);
    case For:
      return for_statement(at);
    case Switch:
    case Select:
      return clauses_statement(at);
    case Var:
    case Const:
      return values(at);
    case Type:
      return types(at);
    case Identifier:
      if (is(at + 1, Colon)) return at + 2;  // a label
      return simple(at, Within::Block);
    default:
      return simple(at, Within::Block);
  }
}

// [ SimpleStmt ";" ] … up to the brace that opens the block.
std::size_t Walk::header(std::size_t at) {
  for (at = simple(at, Within::Header); is_semicolon(tokens_[at].kind);) at = simple(at + 1, Within::Header);
  return at;
}

std::size_t Walk::if_statement(std::size_t at) {
  Scope scope(*this);
  at = header(at + 1);
  if (is(at, LeftBrace)) at = block(at);
  if (!is(at, Else)) return at;
  return is(at + 1, If) ? if_statement(at + 1) : is(at + 1, LeftBrace) ? block(at + 1) : at + 1;
}

std::size_t Walk::for_statement(std::size_t at) {
  Scope scope(*this);
  at = header(at + 1);
  return is(at, LeftBrace) ? block(at) : at;
}

std::size_t Walk::clauses_statement(std::size_t at) {
  Scope scope(*this);
  at = header(at + 1);
  if (!is(at, LeftBrace)) return at;
  clauses(at + 1, partner(at));
  return partner(at) + 1;
}

// { ( "case" … | "default" ) ":" { Statement ";" } }, each with a scope of its own.
void Walk::clauses(std::size_t at, std::size_t end) {
  while (at < end) {
    Scope scope(*this);
    at = simple(at + 1, Within::Case);
    if (is(at, Colon)) ++at;
    while (at < end && !is(at, Case) && !is(at, Default)) at = std::max(statement(at), at + 1);
  }
}

// Names on the left of ":=" are in scope after the statement.
std::size_t Walk::simple(std::size_t at, Within within) {
  std::size_t first = at, values = LocalName::kNone, earlier = found.uses.size();
  std::vector<std::size_t> declared;
  while (!ends(at)) {
    if (within == Within::Header && is(at, LeftBrace)) break;
    if (within == Within::Case && is(at, Colon)) break;
    if (is(at, Define)) {
      values = at + 1;
      for (auto name = first; name < at; ++name)
        if (is(name, Identifier) && (is(name + 1, Comma) || is(name + 1, Define))) declared.push_back(name);
    }
    at = std::max(piece(at), at + 1);
  }
  // What stands on the left is no use of an outer name.
  auto& uses = found.uses;
  auto stand_left = [&](const NameUse& use) {
    return std::find(declared.begin(), declared.end(), use.token) != declared.end();
  };
  uses.erase(std::remove_if(uses.begin() + static_cast<std::ptrdiff_t>(earlier), uses.end(), stand_left),
             uses.end());
  // One that the same scope has already is assigned to, and keeps its type.
  for (std::size_t i = 0; i < declared.size(); ++i)
    if (find_local(text(declared[i]), scope_begin_) == LocalName::kNone)
      declare({.name = std::string(text(declared[i])),
               .type = {},
               .values = values,
               .index = i,
               .count = declared.size()});
  return at;
}

// ( "var" | "const" ) ( Spec | "(" { Spec ";" } ")" ) .
std::size_t Walk::values(std::size_t keyword) {
  auto at = keyword + 1;
  bool constant = is(keyword, Const);
  if (!is(at, LeftParen)) return value_spec(at, constant);
  auto close = partner(at);
  for (++at; at < close;)
    at = is_semicolon(tokens_[at].kind) ? at + 1 : std::max(value_spec(at, constant), at + 1);
  return close + 1;
}

// IdentifierList [ Type ] [ "=" ExpressionList ] .
std::size_t Walk::value_spec(std::size_t at, bool constant) {
  std::vector<std::size_t> names;
  for (; is(at, Identifier); ++at) {
    names.push_back(at);
    if (!is(++at, Comma)) break;
  }
  auto type = at, values = LocalName::kNone;
  at = skip_type(tokens_, type);
  Span written = at == type ? Span{} : tokens_.span(type, at - 1);
  if (is(at, Assign)) {
    if (!constant) values = at + 1;
    at = simple(at + 1, Within::Block);
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    declare({.name = std::string(text(names[i])),
             .type = written,
             .values = values,
             .index = i,
             .count = names.size()});
  return at;
}

std::size_t Walk::types(std::size_t keyword) {
  auto at = keyword + 1;
  if (!is(at, LeftParen)) return type_spec(at);
  auto close = partner(at);
  for (++at; at < close;) at = is_semicolon(tokens_[at].kind) ? at + 1 : std::max(type_spec(at), at + 1);
  return close + 1;
}

std::size_t Walk::type_spec(std::size_t at) {
  if (is(at, Identifier)) declare({.name = std::string(text(at)), .type = {}, .is_type = true});
  while (!ends(at)) at = tokens_.step(at);
  return at;
}

bool Walk::is_operand_end(std::size_t at) const {
  auto kind = tokens_[at].kind;
  return kind == Identifier || (kind >= Int && kind <= String) || is_closing(kind);
}

// A piece of an expression: what is between brackets at once.
std::size_t Walk::piece(std::size_t at) {
  switch (tokens_[at].kind) {
    case Identifier:
      visit(at);
      return at + 1;
    case Func:
      return literal(at);
    case LeftBracket:
      if (!is_operand_end(at - 1)) return typed(at);
      [[fallthrough]];
    case LeftParen:
    case LeftBrace:
      if (!tokens_.paired(at)) return at + 1;
      expressions(at + 1, partner(at));
      return partner(at) + 1;
    case Map:
    case Chan:
    case Struct:
    case Interface:
      return typed(at);
    default:
      return at + 1;
  }
}

// A type that is written out, with the braces of a composite literal after it: in a header too, where those
// after a mere name open the block.
std::size_t Walk::typed(std::size_t at) {
  auto behind = skip_type(tokens_, at);
  if (behind == at || !is(behind, LeftBrace) || !tokens_.paired(behind)) return behind;
  while (at < behind && (is(at, LeftBracket) || is(at, Map) || is(at, Mul)))
    at = is(at, Map) ? tokens_.step(at + 1) : tokens_.step(at);
  if (at < behind && is(at, Identifier)) visit(at);  // the type of the elements
  expressions(behind + 1, partner(behind));
  return partner(behind) + 1;
}

// "func" Signature [ Block ]: a function literal, or a type.
std::size_t Walk::literal(std::size_t func) {
  auto behind = skip_type(tokens_, func);
  if (!is(behind, LeftBrace) || !is(func + 1, LeftParen)) return behind;
  Scope scope(*this);
  auto declare_all = [&](std::size_t open) {
    for (const auto& entry : read_parameters(tokens_, open).entries)
      if (entry.name != ParameterTokens::kNone)
        declare({.name = std::string(text(entry.name)),
                 .type = tokens_.span(entry.type, entry.type_end - 1),
                 .variadic = entry.dots != ParameterTokens::kNone});
  };
  declare_all(func + 1);
  if (auto results = tokens_.step(func + 1); is(results, LeftParen)) declare_all(results);
  statements(behind + 1, partner(behind));
  return partner(behind) + 1;
}

}  // namespace

const NameUse* Scopes::find(std::size_t token) const {
  auto at = std::lower_bound(uses.begin(), uses.end(), token,
                             [](const NameUse& use, std::size_t wanted) { return use.token < wanted; });
  return at == uses.end() || at->token != token ? nullptr : &*at;
}

std::vector<std::size_t> uses(const SourceFile& file, const TokenList& tokens, const Outline& outline,
                              const std::vector<std::string>& names) {
  Walk walk(file, tokens, &names);
  walk.file(outline);
  std::vector<std::size_t> outer;
  for (const auto& use : walk.found.uses)
    if (use.local == LocalName::kNone) outer.push_back(use.token);
  return outer;
}

Scopes scopes(const SourceFile& file, const TokenList& tokens, const Outline& outline) {
  Walk walk(file, tokens, nullptr);
  walk.file(outline);
  return std::move(walk.found);
}

}  // namespace otel::syntax
