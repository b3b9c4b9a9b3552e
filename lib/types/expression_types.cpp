// SPDX-License-Identifier: Apache-2.0
#include "types/expression_types.h"

#include <algorithm>
#include <utility>

#include "syntax/type_syntax.h"

namespace otel::types {

using syntax::LocalName;
using syntax::TokenKind;

namespace {

// Whether an expression may end before this token.
bool ends_expression(TokenKind kind) {
  return syntax::is_semicolon(kind) || syntax::is_closing(kind) || kind == TokenKind::EndOfFile ||
         kind == TokenKind::Comma || kind == TokenKind::Colon || kind == TokenKind::LeftBrace;
}

}  // namespace

ExpressionTypes::ExpressionTypes(const GoFile& file, const std::string& package, TypeFacts& facts)
    : file_(file),
      package_(package),
      facts_(facts),
      scopes_(syntax::scopes(file.source, file.tokens, file.outline)),
      locals_(scopes_.locals.size()) {}

std::vector<std::string> ExpressionTypes::types_of(std::size_t at) {
  auto operand = operand_until(at, 0);
  if (!operand.types.empty()) return operand.types;
  auto type = value_type(operand);
  return type.empty() ? std::vector<std::string>() : std::vector{type};
}

bool ExpressionTypes::is_outer(std::size_t token) const {
  const auto* use = scopes_.find(token);
  return use && use->local == LocalName::kNone;
}

ExpressionTypes::Operand ExpressionTypes::operand_until(std::size_t at, std::size_t end) {
  Operand operand;
  auto outer = std::exchange(end_, end);
  auto behind = unary(at, operand);
  end_ = outer;
  bool whole = end == 0 ? ends_expression(file_.tokens[behind].kind) : behind == end;
  return whole ? operand : Operand{};
}

// Of an expression that is nested deeper than people write them, the type can't be told.
std::size_t ExpressionTypes::unary(std::size_t at, Operand& out) {
  constexpr int kDeepest = 500;
  const auto& tokens = file_.tokens;
  auto kind = tokens[at].kind;
  if (depth_ == kDeepest) return at;
  ++depth_;
  bool prefixed = kind == TokenKind::And || kind == TokenKind::Mul || kind == TokenKind::Arrow;
  auto behind = prefixed ? unary(at + 1, out) : primary(at, out);
  --depth_;
  if (!prefixed) return behind;
  if (out.form == Form::Type && kind == TokenKind::Mul) {
    out.text = "*" + out.text;
  } else if (out.form == Form::Value && out.types.empty()) {
    if (kind == TokenKind::And)
      out.text = "*" + out.text;
    else if (kind == TokenKind::Mul)
      out = out.text[0] == '*' ? value(out.text.substr(1)) : Operand{};
    else
      out = value(element_type(underlying(out.text)));
  } else {
    out = {};
  }
  return behind;
}

std::size_t ExpressionTypes::primary(std::size_t at, Operand& out) {
  const auto& tokens = file_.tokens;
  auto behind = at + 1;
  switch (tokens[at].kind) {
    case TokenKind::Identifier:
      out = name(at);
      break;
    case TokenKind::LeftParen:
      if (!tokens.paired(at)) return at;
      behind = tokens.step(at);
      out = operand_until(at + 1, behind - 1);
      break;
    case TokenKind::String:
      out = value("string");
      break;
    case TokenKind::LeftBracket:
    case TokenKind::Map:
    case TokenKind::Chan:
    case TokenKind::Struct:
    case TokenKind::Interface:
    case TokenKind::Func:
      behind = syntax::skip_type(tokens, at);
      if (behind == at) return at;
      out = {Form::Type, spelled(tokens.span(at, behind - 1)), {}};
      if (out.text.empty()) out = {};
      if (tokens[at].is(TokenKind::Func) && tokens[behind].is(TokenKind::LeftBrace)) {
        out = value(out.text);
        behind = tokens.step(behind);
      }
      break;
    default:
      return at;
  }
  for (auto next = suffix(behind, out); next != behind; next = suffix(behind, out)) behind = next;
  return behind;
}

// One selector, index, call, assertion or the braces of a literal; the same index if there is none.
std::size_t ExpressionTypes::suffix(std::size_t at, Operand& out) {
  const auto& tokens = file_.tokens;
  if (at == end_) return at;
  switch (tokens[at].kind) {
    case TokenKind::Period:
      if (tokens[at + 1].is(TokenKind::Identifier)) {
        out = selected(out, std::string(text(at + 1)));
        return at + 2;
      }
      if (!tokens[at + 1].is(TokenKind::LeftParen) || !tokens.paired(at + 1)) return at;
      out = tokens[at + 2].is(TokenKind::Type)
                ? Operand{}
                : value(spelled(tokens.span(at + 2, tokens[at + 1].partner - 1)));
      return tokens.step(at + 1);
    case TokenKind::LeftParen:
      return tokens.paired(at) ? call(at, out) : at;
    case TokenKind::LeftBracket: {
      if (!tokens.paired(at)) return at;
      auto close = tokens[at].partner;
      bool slice = false;
      for (auto inside = at + 1; inside < close; inside = tokens.step(inside))
        slice |= tokens[inside].is(TokenKind::Colon);
      if (out.form == Form::Type && named_type(out.text)) {
        out.text += "[" + spelled(tokens.span(at + 1, close - 1)) + "]";
      } else if (out.form == Form::Value && out.types.empty()) {
        auto type = underlying(out.text);
        bool array = type[0] == '[' && type.substr(0, 2) != "[]";
        out = slice ? value(array ? "[]" + element_type(type) : out.text) : value(element_type(type));
      } else {
        out = {};
      }
      return close + 1;
    }
    case TokenKind::LeftBrace:
      if (out.form != Form::Type || !tokens.paired(at)) return at;
      out = value(out.text);
      return tokens.step(at);
    default:
      return at;
  }
}

std::size_t ExpressionTypes::call(std::size_t open, Operand& out) {
  const auto& tokens = file_.tokens;
  auto close = tokens[open].partner;
  auto callee = std::move(out);
  out = {};
  if (callee.form == Form::Type) {
    out = value(callee.text);
  } else if (callee.form == Form::Builtin) {
    auto behind = syntax::skip_type(tokens, open + 1);
    if (callee.text == "append")
      out = operand_until(open + 1, syntax::find_comma(tokens, open + 1));
    else if (behind != open + 1)
      out = value((callee.text == "new" ? "*" : "") + spelled(tokens.span(open + 1, behind - 1)));
    if (callee.text == "new" && out.text == "*") out = {};
  } else if (callee.form == Form::Value && callee.types.empty()) {
    if (auto results = result_types(underlying(callee.text))) {
      if (results->size() == 1) out = value(results->front());
      if (results->size() > 1) out = {Form::Value, "", *results};
    }
  }
  return close + 1;
}

ExpressionTypes::Operand ExpressionTypes::name(std::size_t at) {
  const auto* use = scopes_.find(at);
  if (!use) return {};
  if (use->local != LocalName::kNone)
    return scopes_.locals[use->local].is_type ? Operand{} : value(local_type(use->local));
  std::string word(text(at));
  for (const auto& import : file_.outline.imports)
    if (import.name == word) return {Form::Package, import.path, {}};
  auto own = object(package_, word);
  if (own.form != Form::Unknown || !facts_.object(package_, word).empty()) return own;
  for (const auto& import : file_.outline.imports)
    if (import.name == ".") return {};
  if (gocode::is_predeclared_type(word)) return {Form::Type, word, {}};
  if (word == "new" || word == "make" || word == "append") return {Form::Builtin, word, {}};
  return {};
}

ExpressionTypes::Operand ExpressionTypes::object(const std::string& package, const std::string& name) {
  auto object = facts_.object(package, name);
  auto space = object.find(' ');
  auto kind = object.substr(0, space), type = space == std::string::npos ? "" : object.substr(space + 1);
  if (kind == "type") return {Form::Type, NamedType{package, name}.text(), {}};
  if (kind == "alias") return {Form::Type, facts_.resolved(type), {}};
  return kind == "var" || kind == "func" ? value(type) : Operand{};
}

ExpressionTypes::Operand ExpressionTypes::selected(const Operand& from, const std::string& name) {
  if (from.form == Form::Package) return object(from.text, name);
  if (from.form != Form::Value || !from.types.empty()) return {};
  auto named = named_type(without_pointer(from.text));
  auto member = named ? facts_.member(*named, name, package_) : std::nullopt;
  return member ? value(member->type) : Operand{};
}

std::string ExpressionTypes::local_type(std::size_t local) {
  auto& known = locals_[local];
  if (!known) {
    known = "";  // for a declaration that comes back to itself
    known = declared_type(scopes_.locals[local]);
  }
  return *locals_[local];
}

std::string ExpressionTypes::declared_type(const LocalName& local) {
  if (!local.type.empty()) {
    auto type = spelled(local.type);
    return local.variadic && !type.empty() ? "[]" + type : type;
  }
  if (local.values == LocalName::kNone) return "";
  const auto& tokens = file_.tokens;
  if (tokens[local.values].is(TokenKind::Range)) return ranged_type(local.values + 1, local.index);
  std::vector<std::size_t> values = {local.values};
  for (auto at = syntax::find_comma(tokens, local.values); tokens[at].is(TokenKind::Comma);
       at = syntax::find_comma(tokens, at + 1))
    values.push_back(at + 1);
  if (values.size() == local.count) return type_of(values[local.index]);
  if (values.size() > 1) return "";
  auto one = operand_until(values[0], 0);
  if (one.types.size() == local.count) return facts_.resolved(one.types[local.index]);
  // v, ok := of a map, an assertion, a channel
  if (local.count == 2 && one.types.empty() && one.form == Form::Value)
    return local.index == 0 ? one.text : "bool";
  return "";
}

std::string ExpressionTypes::ranged_type(std::size_t expression, std::size_t index) {
  auto type = underlying(type_of(expression));
  bool sequence = type[0] == '[' || type.substr(0, 2) == "*[";
  if (type.substr(0, 4) == "map[" && index == 0) return "";
  if ((sequence || type.substr(0, 4) == "map[") && index == 1) return facts_.resolved(element_type(type));
  if (sequence && index == 0) return "int";
  if (type.find("chan") < 3 && index == 0) return facts_.resolved(element_type(type));
  return "";
}

// A type with a name that a function declares, which may be any of the file's, can't be told.
std::string ExpressionTypes::spelled(syntax::Span type) const {
  const auto& tokens = file_.tokens;
  auto first = std::lower_bound(tokens.begin(), tokens.end(), type.begin,
                                [](const syntax::Token& token, std::size_t at) { return token.begin < at; });
  for (auto at = static_cast<std::size_t>(first - tokens.begin()); tokens[at].begin < type.end; ++at) {
    bool unqualified = tokens[at].is(TokenKind::Identifier) && !tokens[at - 1].is(TokenKind::Period);
    for (const auto& local : scopes_.locals)
      if (unqualified && local.is_type && local.name == text(at)) return "";
  }
  return gocode::canonical_type(file_, package_, type);
}

std::string ExpressionTypes::underlying(const std::string& type) {
  auto named = named_type(type);
  return named ? facts_.underlying(*named) : type;
}

}  // namespace otel::types
