// SPDX-License-Identifier: Apache-2.0
#include "types/call_sites.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

#include "types/expression_types.h"

namespace otel::types {
namespace {

using syntax::TokenKind;

bool ends_operand(TokenKind kind) {
  return kind == TokenKind::Identifier || kind == TokenKind::String || syntax::is_closing(kind);
}

// The first token of the operand with its selectors, calls and indices that ends at a token; nothing for one
// that begins with a type or a function that is written out.
std::optional<std::size_t> primary_begin(const syntax::TokenList& tokens, std::size_t last) {
  bool braces = false;
  for (auto at = last; at > 0; --at) {
    if (syntax::is_closing(tokens[at].kind)) {
      if (!tokens.paired(at)) return std::nullopt;
      bool parenthesis = tokens[at].is(TokenKind::RightParen);
      braces |= tokens[at].is(TokenKind::RightBrace);
      at = tokens[at].partner;
      if (ends_operand(tokens[at - 1].kind) || tokens[at - 1].is(TokenKind::Period)) continue;
      return parenthesis && !braces && !tokens[at - 1].is(TokenKind::Func) ? std::optional(at) : std::nullopt;
    }
    if (tokens[at].is(TokenKind::Period)) continue;
    if (!tokens[at].is(TokenKind::Identifier)) return std::nullopt;
    auto before = tokens[at - 1].kind;
    if (before == TokenKind::Period) continue;
    // []T{}, func() T {}() and func() *T {}()
    bool within_type = before == TokenKind::RightBracket ||
                       (braces && (before == TokenKind::RightParen || before == TokenKind::Mul));
    return within_type ? std::nullopt : std::optional(at);
  }
  return std::nullopt;
}

class Search {
 public:
  Search(const GoFile& file, const std::string& package, const notation::Callee& callee,
         const std::vector<notation::FunctionName>& functions, TypeFacts& facts)
      : file_(file),
        tokens_(file.tokens),
        package_(package),
        callee_(callee),
        facts_(facts),
        types_(file, package, facts) {
    std::set<std::string> names;
    for (const auto& function : functions) names.insert(function.text());
    for (const auto& function : file.outline.functions)
      if (function.body && names.contains(gocode::function_name(function).text()))
        bodies_.push_back(*function.body);
    whole_file_ = functions.empty();
  }

  CallSites run() {
    if (callee_.function.receiver.empty())
      function_calls();
    else
      method_calls();
    std::sort(sites_.found.begin(), sites_.found.end(),
              [](const CallSite& a, const CallSite& b) { return a.first < b.first; });
    return std::move(sites_);
  }

 private:
  bool is_meant(std::size_t at) const {
    if (whole_file_) return true;
    auto behind = std::partition_point(bodies_.begin(), bodies_.end(),
                                       [&](const syntax::Braces& body) { return body.close_token < at; });
    return behind != bodies_.end() && behind->open_token < at;
  }
  bool is_name(std::size_t at, const std::string& name) const {
    return tokens_[at].is(TokenKind::Identifier) && file_.text(tokens_.span(at)) == name;
  }
  const syntax::ImportSpec* import_at(std::size_t at) const {
    if (!types_.is_outer(at)) return nullptr;
    for (const auto& import : file_.outline.imports)
      if (is_name(at, import.name)) return &import;
    return nullptr;
  }

  void function_calls();
  void method_calls();
  void method_call(std::size_t first, std::size_t period, const std::string& type);
  bool can_name(NamedType type, const std::string& path);

  const GoFile& file_;
  const syntax::TokenList& tokens_;
  const std::string& package_;
  const notation::Callee& callee_;
  TypeFacts& facts_;
  ExpressionTypes types_;
  std::vector<syntax::Braces> bodies_;  // in the order of the file
  bool whole_file_ = false;
  CallSites sites_;
};

void Search::function_calls() {
  bool unqualified = package_ == callee_.package;
  for (const auto& import : file_.outline.imports)
    unqualified |= import.name == "." && import.path == callee_.package;
  for (const auto& use : types_.scopes().uses) {
    auto end = use.token;
    const auto* import = import_at(end);
    bool qualified = import && import->path == callee_.package;
    if (qualified && tokens_[end + 1].is(TokenKind::Period)) end += 2;
    bool named =
        types_.is_outer(use.token) && (qualified || unqualified) && is_name(end, callee_.function.name);
    auto open = end + 1;
    if (named && tokens_[open].is(TokenKind::LeftBracket)) open = tokens_.step(open);
    if (named && is_meant(end) && tokens_[open].is(TokenKind::LeftParen) && tokens_.paired(open))
      sites_.found.push_back({use.token, 0, open, "", "", false});
    else if (qualified && tokens_[use.token + 1].is(TokenKind::Period))  // not the key of a field
      ++sites_.other_uses;
  }
}

void Search::method_calls() {
  for (std::size_t at = 1; at + 2 < tokens_.size(); ++at) {
    if (!tokens_[at].is(TokenKind::Period) || !is_name(at + 1, callee_.function.name) ||
        !tokens_[at + 2].is(TokenKind::LeftParen) || !tokens_.paired(at + 2) || !is_meant(at))
      continue;
    auto first = primary_begin(tokens_, at - 1);
    if (first && *first + 1 == at && import_at(*first)) continue;  // a function of a package
    auto type = first ? types_.type_of(*first, at) : "";
    method_call(first.value_or(at), at, type);
  }
}

void Search::method_call(std::size_t first, std::size_t period, const std::string& type) {
  auto named = named_type(without_pointer(type));
  if (!named) {
    // Of the types without a name those of structs and interfaces have methods.
    if (type.empty() || type.find("struct{") < 2) sites_.undecided.push_back(period);
    return;
  }
  NamedType wanted{callee_.package, callee_.function.receiver};
  Member member;
  bool pointer = type[0] == '*';
  if (*named != wanted) {
    auto found = facts_.member(*named, callee_.function.name, package_);
    if (!found) sites_.undecided.push_back(period);
    if (!found || found->owner != wanted.text()) return;
    member = *found;
    if (!member.path.empty()) pointer = member.at_pointer;
  }
  CallSite site{first, period - 1, period + 2, "", member.path, !can_name(*named, member.path)};
  bool of_interface = facts_.underlying(wanted) == "interface";
  if (!of_interface && pointer != callee_.function.pointer) {
    site.receiver_prefix = pointer ? "(*" : "(&";
    site.receiver_suffix += ")";
  }
  sites_.found.push_back(std::move(site));
}

// Whether the package may write the embedded fields of a path.
bool Search::can_name(NamedType type, const std::string& path) {
  for (auto name : base::split(path, '.')) {
    if (name.empty()) continue;
    auto field = facts_.member(type, std::string(name), package_);
    if (!field) return is_exported(name);
    auto named = named_type(without_pointer(facts_.resolved(field->type)));
    if (!named) return true;
    type = *named;
  }
  return true;
}

}  // namespace

CallSites find_calls(const GoFile& file, const std::string& package, const notation::Callee& callee,
                     const std::vector<notation::FunctionName>& functions, TypeFacts& facts) {
  return Search(file, package, callee, functions, facts).run();
}

}  // namespace otel::types
