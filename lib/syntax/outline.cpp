// SPDX-License-Identifier: Apache-2.0
#include "syntax/outline.h"

#include <utility>

#include "syntax/directives.h"
#include "syntax/literal.h"
#include "syntax/parameters.h"
#include "syntax/type_syntax.h"

namespace otel::syntax {
namespace {

using enum TokenKind;

bool starts_declaration(TokenKind kind) {
  return kind == Import || kind == Const || kind == Type || kind == Var || kind == Func;
}

// Reads from left to right; at_ is the token to look at next. A read_ function that does not find what it
// needs returns false and leaves at_ somewhere inside of what it did read.
class OutlineReader {
 public:
  OutlineReader(const SourceFile& file, const TokenList& tokens) : file_(file), tokens_(tokens) {}

  Outline read() {
    if (!read_package()) skip_to_declaration();
    while (!at(EndOfFile)) {
      if (!read_declaration()) skip_to_declaration();
    }
    return std::move(outline_);
  }

 private:
  using ReadSpec = bool (OutlineReader::*)(TokenKind keyword);

  bool at(TokenKind kind) const { return tokens_[at_].is(kind); }
  bool at_semicolon() const { return is_semicolon(tokens_[at_].kind); }
  bool at_paired(TokenKind opening) const { return at(opening) && tokens_.paired(at_); }
  bool take(TokenKind kind) {
    if (!at(kind)) return false;
    ++at_;
    return true;
  }
  Name here() const { return make_name(file_, tokens_, at_); }
  Braces make_braces(std::size_t open) const {
    std::size_t close = tokens_[open].partner;
    return {
        .open = tokens_[open].begin, .close = tokens_[close].begin, .open_token = open, .close_token = close};
  }
  // The source from a token up to the one before at_.
  Span since(std::size_t first) const { return tokens_.span(first, at_ - 1); }

  bool read_package();
  bool read_declaration();
  bool read_group(ReadSpec read_spec);
  bool read_import(TokenKind keyword);
  bool read_values(TokenKind keyword);
  bool read_type(TokenKind keyword);
  bool read_function();
  bool read_receiver(Function& function);
  bool read_signature(Function& function);
  bool read_type_parameters(std::vector<TypeParameter>& params);
  void skip_to_declaration();

  const SourceFile& file_;
  const TokenList& tokens_;
  std::size_t at_ = 0;
  Outline outline_;
};

// PackageClause = "package" PackageName ";" .
bool OutlineReader::read_package() {
  if (!at(Package) || !tokens_[at_ + 1].is(Identifier)) return false;
  outline_.package_keyword = tokens_.span(at_);
  ++at_;
  outline_.package_name = here();
  outline_.package_end = outline_.package_name.span.end;
  ++at_;
  if (!at_semicolon()) return false;
  ++at_;
  return true;
}

// TopLevelDecl ";", or only the semicolon.
bool OutlineReader::read_declaration() {
  bool good = true;
  switch (tokens_[at_].kind) {
    case Import:
      good = read_group(&OutlineReader::read_import);
      break;
    case Const:
    case Var:
      good = read_group(&OutlineReader::read_values);
      break;
    case Type:
      good = read_group(&OutlineReader::read_type);
      break;
    case Func:
      good = read_function();
      break;
    default:
      break;
  }
  if (!good || !at_semicolon()) return false;
  ++at_;
  return true;
}

// keyword ( Spec | "(" { Spec ";" } ")" ) .
bool OutlineReader::read_group(ReadSpec read_spec) {
  TokenKind keyword = tokens_[at_].kind;
  ++at_;
  if (!at(LeftParen)) return (this->*read_spec)(keyword);
  if (!tokens_.paired(at_)) return false;
  std::size_t close = tokens_[at_].partner;
  ++at_;
  while (at_ < close) {
    if (!(this->*read_spec)(keyword) || !(at_semicolon() || at_ == close)) {
      outline_.complete = false;
      while (at_ < close && !at_semicolon()) at_ = tokens_.step(at_);
    }
    if (at_ < close) ++at_;
  }
  at_ = close + 1;
  return true;
}

// ImportSpec = [ "." | PackageName ] ImportPath .
bool OutlineReader::read_import(TokenKind) {
  std::size_t first = at_;
  ImportSpec import;
  if (at(Identifier) || at(Period)) {
    import.name = here().text;
    ++at_;
  }
  if (!at(String)) return false;
  auto path = unquote(file_.text(tokens_.span(at_)));
  if (!path) return false;
  ++at_;
  import.path = *std::move(path);
  import.span = since(first);
  outline_.imports.push_back(std::move(import));
  return true;
}

// ValueSpec = IdentifierList [ Type ] [ "=" ExpressionList ] .
bool OutlineReader::read_values(TokenKind keyword) {
  std::vector<Value> values;
  do {
    if (!at(Identifier)) return false;
    values.push_back({.name = here(), .type = {}, .value = {}});
    ++at_;
  } while (take(Comma));

  std::size_t first = at_;
  at_ = skip_type(tokens_, at_);
  if (at_ != first) {
    for (Value& value : values) value.type = since(first);
  }
  bool typed = at_ != first;
  if (take(Assign)) {
    std::size_t begin = at_;
    ExpressionList list = skip_expressions(tokens_, begin);
    bool one_each = list.commas + 1 == values.size();
    for (std::size_t i = 0; i <= list.commas; ++i) {
      at_ = find_comma(tokens_, begin);
      if (at_ == begin) return false;
      if (one_each) values[i].value = since(begin);
      begin = at_ + 1;
    }
  } else if (keyword == Var && !typed) {
    return false;
  }
  auto& all = keyword == Var ? outline_.variables : outline_.constants;
  for (Value& value : values) all.push_back(std::move(value));
  return true;
}

// TypeSpec = identifier [ TypeParameters ] [ "=" ] Type .
bool OutlineReader::read_type(TokenKind) {
  if (!at(Identifier)) return false;
  TypeDecl type{.name = here(), .type_params = {}, .type = {}};
  ++at_;
  bool generic = at_paired(LeftBracket) && holds_type_parameters(tokens_, at_);
  if (generic && !read_type_parameters(type.type_params)) outline_.complete = false;
  type.alias = take(Assign);
  std::size_t first = at_;
  at_ = skip_type(tokens_, at_);
  if (at_ == first) return false;
  type.type = since(first);
  std::size_t open = first + 1;
  if (tokens_[first].is(Struct) && tokens_[open].is(LeftBrace) && tokens_.paired(open)) {
    outline_.structs.push_back(
        {.name = type.name, .type_params = type.type_params, .body = make_braces(open), .alias = type.alias});
  }
  outline_.types.push_back(std::move(type));
  return true;
}

bool OutlineReader::read_type_parameters(std::vector<TypeParameter>& params) {
  ParameterList list = read_parameters(tokens_, at_);
  params = make_type_parameters(file_, tokens_, list);
  at_ = tokens_.step(at_);
  return list.complete;
}

// FunctionDecl = "func" [ Receiver ] FunctionName [ TypeParameters ] Signature [ FunctionBody ] .
bool OutlineReader::read_function() {
  Function function;
  function.func_token = at_;
  ++at_;
  if (at(LeftParen) && !read_receiver(function)) return false;
  if (!at(Identifier)) return false;
  function.name = here();
  ++at_;
  if (at_paired(LeftBracket) && !read_type_parameters(function.type_params)) outline_.complete = false;
  if (!at_paired(LeftParen) || !read_signature(function)) return false;
  if (at_paired(LeftBrace)) {
    function.body = make_braces(at_);
    at_ = tokens_.step(at_);
  }
  function.span = since(function.func_token);
  function.directives = directives_above(file_, tokens_, function.func_token);
  outline_.functions.push_back(std::move(function));
  return true;
}

bool OutlineReader::read_receiver(Function& function) {
  if (!tokens_.paired(at_)) return false;
  ParameterList list = read_parameters(tokens_, at_);
  if (!list.complete || list.entries.size() != 1) return false;
  function.receiver = make_receiver(file_, tokens_, list.entries.front());
  if (function.receiver->base.empty()) outline_.complete = false;
  at_ = tokens_.step(at_);
  return true;
}

// Signature = Parameters [ Parameters | Type ] .
bool OutlineReader::read_signature(Function& function) {
  ParameterList params = read_parameters(tokens_, at_);
  function.params = make_parameters(file_, tokens_, params);
  std::size_t first = at_;
  at_ = tokens_.step(at_);
  function.params_list = since(first);
  function.results_list = {function.params_list.end, function.params_list.end};
  if (!params.complete) outline_.complete = false;

  first = at_;
  if (at(LeftParen)) {
    if (!tokens_.paired(at_)) return false;
    ParameterList results = read_parameters(tokens_, at_);
    if (!results.complete) outline_.complete = false;
    function.results = make_parameters(file_, tokens_, results);
    function.results_parenthesised = true;
    at_ = tokens_.step(at_);
  } else {
    at_ = skip_type(tokens_, at_);
    if (at_ == first) return true;
    ParameterTokens result{.type = first, .type_end = at_};
    function.results = make_parameters(file_, tokens_, {.entries = {result}});
  }
  function.results_list = since(first);
  return true;
}

// After something that was not understood: to the next word that starts a declaration, at the start of a
// line, because there it is hardly one inside of a body whose end is missing.
void OutlineReader::skip_to_declaration() {
  outline_.complete = false;
  auto at_line_start = [this] {
    std::size_t begin = tokens_[at_].begin;
    return begin == 0 || file_.bytes()[begin - 1] == '\n';
  };
  while (!at(EndOfFile) && !(starts_declaration(tokens_[at_].kind) && at_line_start()))
    at_ = tokens_.step(at_);
}

}  // namespace

Outline outline(const SourceFile& file, const TokenList& tokens) {
  auto read = OutlineReader(file, tokens).read();
  read.complete = read.complete && tokens.valid();
  return read;
}

}  // namespace otel::syntax
