// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/parameters.h"
#include "syntax/type_syntax.h"

#include "gocode/go_package.h"

namespace otel::gocode {

using syntax::TokenKind;

bool is_predeclared_type(std::string_view name) {
  static constexpr std::array<std::string_view, 22> kNames = {
      "any",     "bool",   "byte",   "comparable", "complex128", "complex64", "error", "float32",
      "float64", "int",    "int16",  "int32",      "int64",      "int8",      "rune",  "string",
      "uint",    "uint16", "uint32", "uint64",     "uint8",      "uintptr"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

namespace {

std::size_t token_at(const syntax::TokenList& tokens, std::size_t offset) {
  auto found = std::lower_bound(tokens.begin(), tokens.end(), offset,
                                [](const syntax::Token& token, std::size_t at) { return token.begin < at; });
  return static_cast<std::size_t>(found - tokens.begin());
}

bool is_word(std::string_view text) {
  return !text.empty() && (std::isalnum(static_cast<unsigned char>(text.back())) || text.back() == '_');
}

// A type while its canonical text is made. Names that a type declares (parameters, fields, methods) are told
// from names of types.
class Spelling {
 public:
  Spelling(const GoFile& file, const std::string& package)
      : file_(file), tokens_(file.tokens), package_(package) {}

  void type(syntax::Span span) {
    auto first = token_at(tokens_, span.begin);
    auto behind = first;
    while (behind < tokens_.size() && tokens_[behind].begin < span.end) ++behind;
    type(first, behind);
  }

  std::string text;
  std::vector<syntax::Span> own;  // names of the own package

 private:
  // Tokens [at, after), all of them part of types.
  void type(std::size_t at, std::size_t behind) {
    while (at < behind) at = piece(at);
  }
  std::size_t piece(std::size_t at);
  std::size_t name(std::size_t at);
  std::size_t signature(std::size_t open);
  void list(std::size_t open);
  std::size_t members(std::size_t keyword);
  std::size_t field(std::size_t at);
  std::size_t method(std::size_t at);
  void member_name(std::size_t at);

  std::string_view spelled(std::size_t at) const { return file_.text(tokens_.span(at)); }
  bool ends_member(std::size_t at) const {
    return syntax::is_semicolon(tokens_[at].kind) || tokens_[at].is(TokenKind::RightBrace) ||
           tokens_[at].is(TokenKind::EndOfFile);
  }
  void add(std::string_view piece) {
    if (is_word(text) && is_word(piece.substr(0, 1))) text += ' ';
    text += piece;
  }

  const GoFile& file_;
  const syntax::TokenList& tokens_;
  const std::string& package_;
};

std::size_t Spelling::piece(std::size_t at) {
  bool braced = tokens_[at].is(TokenKind::Struct) || tokens_[at].is(TokenKind::Interface);
  if (braced && tokens_[at + 1].is(TokenKind::LeftBrace)) return members(at);
  if (tokens_[at].is(TokenKind::Identifier)) return name(at);
  add(spelled(at));
  if (tokens_[at].is(TokenKind::Func) && tokens_[at + 1].is(TokenKind::LeftParen)) return signature(at + 1);
  return at + 1;
}

std::size_t Spelling::name(std::size_t at) {
  auto word = spelled(at);
  if (tokens_[at + 1].is(TokenKind::Period)) {
    const auto* import = find_import(file_.outline, word);
    add(fmt::format("\"{}\".{}", import ? import->path : std::string(word), spelled(at + 2)));
    return at + 3;
  }
  if (is_predeclared_type(word)) {
    add(word);
  } else {
    own.push_back(tokens_.span(at));
    add(fmt::format("\"{}\".{}", package_, word));
  }
  return at + 1;
}

// Parameters without their names, and results, whose parentheses go where one is alone.
std::size_t Spelling::signature(std::size_t open) {
  list(open);
  auto at = tokens_.step(open);
  if (!tokens_[at].is(TokenKind::LeftParen)) {
    auto behind = syntax::skip_type(tokens_, at);
    if (behind != at) text += ' ';
    type(at, behind);
    return behind;
  }
  auto results = syntax::read_parameters(tokens_, at);
  if (results.entries.size() != 1) {
    if (!results.entries.empty()) list(at);
  } else {
    text += ' ';
    type(results.entries[0].type, results.entries[0].type_end);
  }
  return tokens_.step(at);
}

void Spelling::list(std::size_t open) {
  text += '(';
  bool first = true;
  for (const auto& entry : syntax::read_parameters(tokens_, open).entries) {
    if (!first) text += ',';
    first = false;
    if (entry.dots != syntax::ParameterTokens::kNone) text += "...";
    type(entry.type, entry.type_end);
  }
  text += ')';
}

// struct {…} or interface {…}
std::size_t Spelling::members(std::size_t keyword) {
  add(spelled(keyword));
  text += '{';
  auto close = tokens_[keyword + 1].partner;
  bool first = true;
  for (auto at = keyword + 2; at < close;) {
    if (syntax::is_semicolon(tokens_[at].kind)) {
      ++at;
      continue;
    }
    if (!first) text += ';';
    first = false;
    at = tokens_[keyword].is(TokenKind::Struct) ? field(at) : method(at);
  }
  text += '}';
  return close + 1;
}

// Names that are not exported are different in different packages.
void Spelling::member_name(std::size_t at) {
  auto word = spelled(at);
  bool exported = word[0] >= 'A' && word[0] <= 'Z';
  add(exported ? std::string(word) : fmt::format("\"{}\".{}", package_, word));
}

std::size_t Spelling::field(std::size_t at) {
  auto next = at + 1;
  // `T[K]` is embedded, `a [3]int` is not.
  if (tokens_[at].is(TokenKind::Identifier) && tokens_[next].is(TokenKind::LeftBracket))
    next = tokens_.step(next);
  bool embedded = !tokens_[at].is(TokenKind::Identifier) || ends_member(next) ||
                  tokens_[next].is(TokenKind::Period) || tokens_[next].is(TokenKind::String);
  if (!embedded) {
    for (member_name(at++); tokens_[at].is(TokenKind::Comma); ++at) {
      text += ',';
      member_name(++at);
    }
    text += ' ';
  }
  auto behind = syntax::skip_type(tokens_, at);
  type(at, behind);
  for (at = behind; !ends_member(at); ++at) add(spelled(at));
  return at;
}

std::size_t Spelling::method(std::size_t at) {
  if (tokens_[at].is(TokenKind::Identifier) && tokens_[at + 1].is(TokenKind::LeftParen)) {
    member_name(at);
    return signature(at + 1);
  }
  while (!ends_member(at)) at = piece(at);
  return at;
}

}  // namespace

std::string canonical_type(const GoFile& file, const std::string& package, syntax::Span type) {
  Spelling spelling(file, package);
  spelling.type(type);
  return base::replace_all(spelling.text, "interface{}", "any");
}

// A field or a name of a parameter that is called like a type parameter counts too.
bool depends_on_type_parameter(const GoFile& file, const syntax::Function& function, syntax::Span type) {
  std::vector<std::string_view> names;
  for (const auto& parameter : function.type_params) names.push_back(parameter.name.text);
  if (function.receiver)
    for (const auto& name : function.receiver->type_params) names.push_back(name.text);
  if (names.empty()) return false;
  const auto& tokens = file.tokens;
  for (auto at = token_at(tokens, type.begin); at < tokens.size() && tokens[at].begin < type.end; ++at) {
    if (!tokens[at].is(TokenKind::Identifier) || tokens[at - 1].is(TokenKind::Period)) continue;
    if (std::find(names.begin(), names.end(), file.text(tokens.span(at))) != names.end()) return true;
  }
  return false;
}

std::vector<syntax::Span> own_type_names(const GoFile& file, syntax::Span type) {
  static const std::string kAnyPackage;
  Spelling spelling(file, kAnyPackage);
  spelling.type(type);
  return spelling.own;
}

}  // namespace otel::gocode
