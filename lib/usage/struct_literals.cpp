// SPDX-License-Identifier: Apache-2.0
#include "usage/struct_literals.h"

#include <algorithm>

#include "syntax/type_syntax.h"

#include "gocode/rule_text.h"

namespace otel::usage {
namespace {

using gocode::GoFile;
using syntax::TokenKind;

// Finds the literals of a file.
class Sites {
 public:
  Sites(const GoFile& file, const Uses& uses) : file_(file), tokens_(file.tokens) {
    for (auto use : uses.qualified) add(use);
    for (auto use : uses.bare) add(use);
    std::sort(found.begin(), found.end(),
              [](const StructLiteral& a, const StructLiteral& b) { return a.begin < b.begin; });
  }

  std::vector<StructLiteral> found;

 private:
  bool is(std::size_t at, TokenKind kind) const { return tokens_[at].is(kind); }
  bool is_operand_end(std::size_t at) const {
    auto kind = tokens_[at].kind;
    return (kind >= TokenKind::Identifier && kind <= TokenKind::String) || syntax::is_closing(kind);
  }

  // How many array, slice and map types stand before the type of their elements, as in []map[string]T. A star
  // before the type may multiply what is indexed.
  std::size_t count_containers(std::size_t at, bool star) const {
    std::size_t depth = 0;
    auto before = at;
    while (is(before - 1, TokenKind::RightBracket)) {
      at = before = tokens_[before - 1].partner;
      if (is(before - 1, TokenKind::Map)) at = --before;
      if (is(before - 1, TokenKind::Mul) && is(before - 2, TokenKind::RightBracket)) --before;
      ++depth;
    }
    return star && is(at, TokenKind::LeftBracket) && is_operand_end(at - 1) ? 0 : depth;
  }

  void add(TokenRange use) {
    auto brace = use.last + 1;
    if (is(brace, TokenKind::LeftBracket)) brace = tokens_.step(brace);  // type arguments
    if (!is(brace, TokenKind::LeftBrace) || !tokens_.paired(brace)) return;
    auto type = gocode::one_line(file_.text(tokens_.span(use.first, brace - 1)));
    bool star = is(use.first - 1, TokenKind::Mul);
    if (auto depth = count_containers(use.first - (star ? 1 : 0), star); depth > 0)
      return add_elements(brace, depth, type, star);
    auto behind = tokens_.step(brace);
    bool selects = is(behind, TokenKind::Period) || syntax::is_opening(tokens_[behind].kind);
    bool address = is(use.first - 1, TokenKind::And) && !is_operand_end(use.first - 2) && !selects;
    found.push_back({use.first - (address ? 1 : 0), brace, type, false, address});
  }

  // The elements of a literal whose types are elided, `depth` braces deep.
  void add_elements(std::size_t brace, std::size_t depth, const std::string& type, bool pointer) {
    auto close = tokens_[brace].partner;
    for (auto at = brace + 1; at < close;) {
      auto end = syntax::find_comma(tokens_, at);
      for (auto key = at; key < end; key = tokens_.step(key))
        if (is(key, TokenKind::Colon)) at = key + 1;
      if (is(at, TokenKind::LeftBrace) && depth == 1) found.push_back({at, at, type, true, pointer});
      if (is(at, TokenKind::LeftBrace) && depth > 1) add_elements(at, depth - 1, type, pointer);
      at = end + 1;
    }
  }

  const GoFile& file_;
  const syntax::TokenList& tokens_;
};

}  // namespace

std::vector<StructLiteral> find_literals(const GoFile& file, const Uses& uses) {
  return Sites(file, uses).found;
}

std::optional<std::vector<std::string_view>> read_keys(const GoFile& file, std::size_t brace) {
  const auto& tokens = file.tokens;
  std::vector<std::string_view> keys;
  for (auto at = brace + 1; at < tokens[brace].partner; at = syntax::find_comma(tokens, at) + 1) {
    if (!tokens[at + 1].is(TokenKind::Colon)) return std::nullopt;
    keys.push_back(file.text(tokens.span(at)));
  }
  return keys;
}

}  // namespace otel::usage
