// SPDX-License-Identifier: Apache-2.0
#include "syntax/parameters.h"

#include <algorithm>

#include "syntax/type_syntax.h"

namespace otel::syntax {
namespace {

using enum TokenKind;
constexpr std::size_t kNone = ParameterTokens::kNone;

// Whether an entry that starts with a name starts with the parameter's name, rather than being a type, when
// more tokens follow.
//
//     n T   n *T   n ...T   n []T   n [N]T        but not   pkg.T   T[A]   A | B
bool names_parameter(const TokenList& tokens, std::size_t name, std::size_t end) {
  std::size_t next = name + 1;
  if (tokens[next].is(Period) || tokens[next].is(Or)) return false;
  if (!tokens[next].is(LeftBracket)) return true;
  std::size_t behind = tokens.step(next);
  return behind != end && !tokens[behind].is(Or);
}

// The entry of the tokens [begin, end), which are not empty; a lone name is left as a name.
ParameterTokens read_entry(const TokenList& tokens, std::size_t begin, std::size_t end) {
  ParameterTokens entry{.type = begin, .type_end = end};
  if (tokens[begin].is(Identifier)) {
    if (begin + 1 == end) return {.name = begin, .type_end = end};
    if (names_parameter(tokens, begin, end)) {
      entry.name = begin;
      entry.type = begin + 1;
    }
  }
  if (tokens[entry.type].is(Ellipsis)) entry.dots = entry.type++;
  return entry;
}

// Gives the lone names their meaning: all are types if no entry has a name and a type, else each is a name
// with the next type to its right.
void distribute_types(ParameterList& list) {
  auto named = [](const ParameterTokens& entry) { return entry.name != kNone && entry.type != kNone; };
  bool any_named = std::any_of(list.entries.begin(), list.entries.end(), named);
  const ParameterTokens* typed = nullptr;
  for (auto at = list.entries.rbegin(); at != list.entries.rend(); ++at) {
    ParameterTokens& entry = *at;
    if (entry.type != kNone) {
      if (any_named && entry.name == kNone) list.complete = false;
      typed = &entry;
    } else if (!any_named) {
      entry.type = std::exchange(entry.name, kNone);
    } else if (typed != nullptr) {
      entry.type = typed->type;
      entry.type_end = typed->type_end;
    }
  }
  if (std::erase_if(list.entries, [](const ParameterTokens& entry) { return entry.type == kNone; }) != 0)
    list.complete = false;
}

// In front of the dots or type, where its name would be.
Name missing_name(const TokenList& tokens, const ParameterTokens& entry) {
  std::size_t place = tokens[entry.dots != kNone ? entry.dots : entry.type].begin;
  return {.text = {}, .span = {place, place}};
}

}  // namespace

ParameterList read_parameters(const TokenList& tokens, std::size_t open) {
  ParameterList list;
  bool of_types = tokens[open].is(LeftBracket);
  std::size_t close = tokens[open].partner;
  for (std::size_t begin = open + 1; begin < close;) {
    std::size_t end = find_comma(tokens, begin);
    if (end == begin || end > close || (end < close && !tokens[end].is(Comma))) {
      list.complete = false;
      break;
    }
    ParameterTokens entry = read_entry(tokens, begin, end);
    if (entry.type != kNone) {
      std::size_t read = of_types ? skip_constraint(tokens, entry.type) : skip_type(tokens, entry.type);
      if (entry.type == end || read != end) list.complete = false;
    }
    if (entry.type != end) list.entries.push_back(entry);
    begin = end + 1;
  }
  distribute_types(list);
  if (of_types && (list.entries.empty() || list.entries.front().name == kNone)) list.complete = false;
  return list;
}

Name make_name(const SourceFile& file, const TokenList& tokens, std::size_t token) {
  Span span = tokens.span(token);
  return {.text = std::string(file.text(span)), .span = span};
}

std::vector<Parameter> make_parameters(const SourceFile& file, const TokenList& tokens,
                                       const ParameterList& list) {
  std::vector<Parameter> params;
  params.reserve(list.entries.size());
  for (const ParameterTokens& entry : list.entries) {
    bool named = entry.name != kNone;
    params.push_back({.name = named ? make_name(file, tokens, entry.name) : missing_name(tokens, entry),
                      .type = tokens.span(entry.type, entry.type_end - 1),
                      .variadic = entry.dots != kNone});
  }
  return params;
}

std::vector<TypeParameter> make_type_parameters(const SourceFile& file, const TokenList& tokens,
                                                const ParameterList& list) {
  std::vector<TypeParameter> params;
  params.reserve(list.entries.size());
  for (Parameter& param : make_parameters(file, tokens, list))
    params.push_back({.name = std::move(param.name), .constraint = param.type});
  return params;
}

Receiver make_receiver(const SourceFile& file, const TokenList& tokens, const ParameterTokens& entry) {
  Receiver receiver{
      .name = entry.name != kNone ? make_name(file, tokens, entry.name) : missing_name(tokens, entry),
      .type = tokens.span(entry.type, entry.type_end - 1),
      .base = {},
      .type_params = {}};
  std::size_t at = entry.type;
  for (; tokens[at].is(Mul) || tokens[at].is(LeftParen); ++at) receiver.pointer |= tokens[at].is(Mul);
  if (!tokens[at].is(Identifier)) return receiver;
  receiver.base = file.text(tokens.span(at));
  ++at;
  if (!tokens[at].is(LeftBracket) || !tokens.paired(at)) return receiver;
  std::size_t close = tokens[at].partner;
  for (++at; at < close; ++at) {
    if (tokens[at].is(Identifier)) receiver.type_params.push_back(make_name(file, tokens, at));
  }
  return receiver;
}

}  // namespace otel::syntax
