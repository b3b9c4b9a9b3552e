// SPDX-License-Identifier: Apache-2.0
#include "types/source_facts.h"

#include <algorithm>
#include <set>

#include "syntax/parameters.h"
#include "syntax/type_syntax.h"

#include "types/expression_types.h"

namespace otel::types {
namespace {

using gocode::canonical_type;
using syntax::TokenKind;

std::size_t token_at(const GoFile& file, std::size_t offset) {
  auto found = std::lower_bound(file.tokens.begin(), file.tokens.end(), offset,
                                [](const syntax::Token& token, std::size_t at) { return token.begin < at; });
  return static_cast<std::size_t>(found - file.tokens.begin());
}

// The predeclared interface, which no package declares.
const std::optional<NamedType> kError = NamedType{"", "error"};

bool is_kind(const GoFile& file, syntax::Span type, TokenKind kind) {
  return !type.empty() && file.tokens[token_at(file, type.begin)].is(kind);
}

bool ends_element(TokenKind kind) {
  return syntax::is_semicolon(kind) || kind == TokenKind::RightBrace || kind == TokenKind::EndOfFile;
}

// "Client" of `*redis.Client`, "Box" of `Box[int]`.
std::string embedded_name(const GoFile& file, std::size_t at) {
  const auto& tokens = file.tokens;
  if (tokens[at].is(TokenKind::Mul)) ++at;
  if (tokens[at].is(TokenKind::Identifier) && tokens[at + 1].is(TokenKind::Period)) at += 2;
  return tokens[at].is(TokenKind::Identifier) ? std::string(file.text(tokens.span(at))) : "";
}

// The type, or nothing where it names one of a declaration's type parameters.
std::string type_without(const GoFile& file, const std::string& package, syntax::Span type,
                         const std::vector<syntax::TypeParameter>& parameters) {
  for (auto at = token_at(file, type.begin); file.tokens[at].begin < type.end; ++at)
    for (const auto& parameter : parameters)
      if (file.text(file.tokens.span(at)) == parameter.name.text) return "";
  return canonical_type(file, package, type);
}

std::string function_type(const GoFile& file, const std::string& package, const syntax::Function& function) {
  auto types = [&](const std::vector<syntax::Parameter>& list) {
    std::vector<std::string> spelled;
    for (const auto& parameter : list)
      spelled.push_back((parameter.variadic ? "..." : "") + canonical_type(file, package, parameter.type));
    return spelled;
  };
  for (const auto* list : {&function.params, &function.results})
    for (const auto& parameter : *list)
      if (gocode::depends_on_type_parameter(file, function, parameter.type)) return "";
  return func_type(types(function.params), types(function.results));
}

}  // namespace

std::vector<TypeElement> type_elements(const GoFile& file, syntax::Span type) {
  std::vector<TypeElement> elements;
  const auto& tokens = file.tokens;
  auto keyword = token_at(file, type.begin);
  bool structure = tokens[keyword].is(TokenKind::Struct);
  if ((!structure && !tokens[keyword].is(TokenKind::Interface)) || !tokens.paired(keyword + 1)) return {};
  auto close = tokens[keyword + 1].partner;
  for (auto at = keyword + 2; at < close;) {
    auto end = at;
    while (!ends_element(tokens[end].kind)) end = tokens.step(end);
    auto next = at + 1;
    if (tokens[at].is(TokenKind::Identifier) && tokens[next].is(TokenKind::LeftBracket))
      next = tokens.step(next);
    bool name_alone = ends_element(tokens[next].kind) || tokens[next].is(TokenKind::String);
    bool named = tokens[at].is(TokenKind::Identifier) && !tokens[next].is(TokenKind::Period) && !name_alone;
    if (at == end) {
      // An empty element.
    } else if (!structure && named && tokens[at + 1].is(TokenKind::LeftParen)) {
      elements.push_back({std::string(file.text(tokens.span(at))), {}, false, at + 1});
    } else if (!structure || !named) {
      auto behind = structure ? syntax::skip_type(tokens, at) : end;
      if (behind > at) elements.push_back({embedded_name(file, at), tokens.span(at, behind - 1), true, 0});
    } else {
      std::vector<std::size_t> names = {at};
      for (auto comma = at + 1; tokens[comma].is(TokenKind::Comma); comma += 2) names.push_back(comma + 1);
      auto first = names.back() + 1, behind = syntax::skip_type(tokens, first);
      for (auto name : names)
        if (behind > first)
          elements.push_back({std::string(file.text(tokens.span(name))), tokens.span(first, behind - 1)});
    }
    at = end + 1;
  }
  return elements;
}

std::string signature_type(const GoFile& file, const std::string& package, std::size_t open) {
  const auto& tokens = file.tokens;
  auto types = [&](std::size_t list) {
    std::vector<std::string> spelled;
    for (const auto& entry : syntax::read_parameters(tokens, list).entries)
      spelled.push_back((entry.dots != syntax::ParameterTokens::kNone ? "..." : "") +
                        canonical_type(file, package, tokens.span(entry.type, entry.type_end - 1)));
    return spelled;
  };
  std::vector<std::string> results;
  auto behind = tokens.step(open);
  if (tokens[behind].is(TokenKind::LeftParen))
    results = types(behind);
  else if (auto end = syntax::skip_type(tokens, behind); end != behind)
    results.push_back(canonical_type(file, package, tokens.span(behind, end - 1)));
  return func_type(types(open), results);
}

GoFile with_import_names(const GoFile& file, TypeFacts& facts) {
  auto named = file;
  for (auto& import : named.outline.imports)
    if (import.name.empty()) import.name = facts.package_name(import.path);
  return named;
}

SourceFacts::SourceFacts(Read read, Name name) : read_package_(std::move(read)), name_(std::move(name)) {}

SourceFacts::~SourceFacts() = default;

const SourceFacts::Source* SourceFacts::find_source(const std::string& path) {
  auto [at, fresh] = read_.emplace(path, nullptr);
  if (!fresh) return at->second.get();
  auto found = read_package_(path);
  if (!found) {
    unknown_packages_.insert(path);
    return nullptr;
  }
  auto source = std::make_unique<Source>();
  source->package.path = path;
  for (const auto& file : found->files) source->package.files.push_back(with_import_names(file, *this));
  // The first declaration counts where a name has several, as types do before others.
  auto& objects = source->objects;
  for (const auto& file : source->package.files)
    for (const auto& type : file.outline.types) objects.try_emplace(type.name.text, Object{&file, &type});
  for (const auto& file : source->package.files) {
    for (const auto& function : file.outline.functions) {
      const auto& name = function.name.text;
      if (function.receiver)
        source->methods.try_emplace(function.receiver->base + "." + name, Object{&file, nullptr, &function});
      else
        objects.try_emplace(name, Object{&file, nullptr, &function});
    }
    for (const auto& variable : file.outline.variables)
      objects.try_emplace(variable.name.text, Object{&file, nullptr, nullptr, &variable});
    for (const auto& constant : file.outline.constants)
      objects.try_emplace(constant.name.text, Object{&file, nullptr, nullptr, nullptr, true});
  }
  return (read_[path] = std::move(source)).get();
}

const GoPackage* SourceFacts::find_package(const std::string& path) {
  const auto* source = find_source(path);
  return source ? &source->package : nullptr;
}

const SourceFacts::Object* SourceFacts::find_declared(const NamedType& name) {
  const auto* source = find_source(name.package);
  if (!source) return nullptr;
  auto found = source->objects.find(name.name);
  return found == source->objects.end() ? nullptr : &found->second;
}

// What takes more steps than code that people write counts as unknown: each step is a few frames of the
// stack.
std::string SourceFacts::ask(const std::string& question) {
  constexpr int kDeepest = 500;
  auto [at, fresh] = answers_.emplace(question, "");
  if (!fresh || depth_ == kDeepest) return at->second;
  ++depth_;
  auto space = question.find(' ');
  auto what = question.substr(0, space), subject = question.substr(space + 1);
  std::string answer;
  if (what == "package") {
    answer = name_(subject);
  } else {
    auto name = what == "member" ? subject.substr(subject.rfind(' ') + 1) : "";
    if (what == "member") subject.resize(subject.rfind(' '));
    auto named = named_type(subject);
    if (named)
      answer = what == "object"  ? find_object(*named)
               : what == "under" ? find_underlying(*named)
                                 : find_member(*named, name);
  }
  --depth_;
  return answers_[question] = answer;
}

SourceFacts::Type SourceFacts::find_type(const NamedType& type) {
  const auto* object = find_declared(type);
  return object && object->type ? Type{object->file, object->type} : Type{};
}

// Of a variable without a type: that of its value, or of one result of a call.
std::string SourceFacts::value_type(const Object& object, const std::string& package) {
  const auto& file = *object.file;
  const auto& variable = *object.variable;
  const auto& tokens = file.tokens;
  auto& types = expressions_[&file];
  if (!types) types = std::make_unique<ExpressionTypes>(file, find_package(package)->path, *this);
  auto name = token_at(file, variable.name.span.begin), first = name, assign = name + 1;
  if (!variable.value.empty()) return types->type_of(token_at(file, variable.value.begin));
  while (tokens[first - 1].is(TokenKind::Comma)) first -= 2;
  while (tokens[assign].is(TokenKind::Comma)) assign += 2;
  if (!tokens[assign].is(TokenKind::Assign)) return "";
  auto results = types->types_of(assign + 1);
  auto index = (name - first) / 2;
  return results.size() == (assign - first + 1) / 2 ? results[index] : "";
}

std::string SourceFacts::find_object(const NamedType& name) {
  const auto* object = find_declared(name);
  if (!object) return "";
  const auto& file = *object->file;
  if (const auto* type = object->type)
    return !type->alias                ? "type"
           : type->type_params.empty() ? "alias " + canonical_type(file, name.package, type->type)
                                       : "";
  if (object->function) return "func " + function_type(file, name.package, *object->function);
  if (const auto* variable = object->variable)
    return "var " + (variable->type.empty() ? value_type(*object, name.package)
                                            : canonical_type(file, name.package, variable->type));
  return "const";
}

std::string SourceFacts::find_underlying(const NamedType& type) {
  auto [file, declared] = find_type(type);
  if (!declared) return "";
  if (is_kind(*file, declared->type, TokenKind::Struct)) return "struct";
  if (is_kind(*file, declared->type, TokenKind::Interface)) return "interface";
  auto spelled = type_without(*file, type.package, declared->type, declared->type_params);
  auto named = named_type(spelled);
  return named ? underlying(*named) : spelled;
}

// What the type declares itself.
std::optional<Member> SourceFacts::own_member(const NamedType& type, const std::string& name) {
  const auto* source = find_source(type.package);
  auto [file, declared] = find_type(type);
  if (!source || !declared) return std::nullopt;
  Member member;
  member.owner = type.text();
  if (auto found = source->methods.find(type.name + "." + name); found != source->methods.end()) {
    const auto& function = *found->second.function;
    member.method = true;
    member.pointer = function.receiver->pointer;
    member.type = function_type(*found->second.file, type.package, function);
    return member;
  }
  for (const auto& element : type_elements(*file, declared->type)) {
    if (element.name != name || (element.embedded && is_kind(*file, declared->type, TokenKind::Interface)))
      continue;
    member.method = member.of_interface = element.parameters != 0;
    if (!member.method)
      member.type = type_without(*file, type.package, element.type, declared->type_params);
    else if (declared->type_params.empty())
      member.type = signature_type(*file, type.package, element.parameters);
    return member;
  }
  return std::nullopt;
}

namespace {

// A type whose members a selector may mean.
struct Embedded {
  NamedType type;
  std::string path;
  bool through_pointer, pointer;
};

// What the type embeds. An interface has the methods of those that it embeds as its own, so these are on its
// own level. False where a type isn't known.
bool add_embedded(SourceFacts& facts, const Embedded& at, std::vector<Embedded>& level,
                  std::vector<Embedded>& deeper) {
  auto [file, declared] = facts.find_type(at.type);
  bool of_interface = is_kind(*file, declared->type, TokenKind::Interface), known = true;
  for (const auto& element : type_elements(*file, declared->type)) {
    if (!element.embedded) continue;
    auto spelled = facts.resolved(canonical_type(*file, at.type.package, element.type));
    auto named = spelled == "error" ? kError : named_type(without_pointer(spelled));
    if (named && of_interface)
      level.push_back({*named, at.path, at.through_pointer, at.pointer});
    else if (named)
      deeper.push_back(
          {*named, at.path + "." + element.name, at.through_pointer || spelled[0] == '*', spelled[0] == '*'});
    else if (!gocode::is_predeclared_type(spelled))
      known = false;
  }
  // A type made of a named struct has its fields; of a named interface its methods.
  auto spelled = type_without(*file, at.type.package, declared->type, declared->type_params);
  auto made_of = spelled == "error" ? kError : named_type(spelled);
  if (!made_of || made_of == at.type) return known;
  auto underlying = made_of == kError ? "interface" : facts.underlying(*made_of);
  if (underlying == "interface") level.push_back({*made_of, at.path, at.through_pointer, at.pointer});
  return known && underlying != "struct" && !underlying.empty();
}

}  // namespace

// The shallowest one, as a selector means it. Where types that aren't known are embedded no deeper, nothing
// is certain. The name is qualified if it isn't exported.
std::string SourceFacts::find_member(const NamedType& type, const std::string& asked) {
  auto hidden = named_type(asked);
  const auto& name = hidden ? hidden->name : asked;
  std::vector<Embedded> level = {{type, "", false, false}};
  std::set<std::string> seen;
  for (int depth = 0; depth < 8 && !level.empty(); ++depth) {
    std::vector<Embedded> deeper;
    std::vector<Member> found;
    bool certain = true;
    for (std::size_t i = 0; i < level.size(); ++i) {
      auto at = level[i];
      if (!seen.insert(at.type.text()).second) continue;
      if (at.type == kError) {
        if (name == "Error")
          found.push_back({true, true, false, at.path, at.through_pointer, false, "error", "func() string"});
        continue;
      }
      if (!find_type(at.type).declared) {
        certain = false;
        continue;
      }
      bool visible = !hidden || hidden->package == at.type.package;
      if (auto member = visible ? own_member(at.type, name) : std::nullopt) {
        member->path = at.path;
        member->through_pointer = at.through_pointer;
        member->at_pointer = at.pointer;
        found.push_back(*std::move(member));
      }
      certain &= add_embedded(*this, at, level, deeper);
    }
    if (found.size() == 1) return found[0].text();
    if (!found.empty() || !certain) return "";
    level = std::move(deeper);
  }
  return "";
}

}  // namespace otel::types
