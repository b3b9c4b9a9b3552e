// SPDX-License-Identifier: Apache-2.0
#include "usage/accessor_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "syntax/parameters.h"
#include "syntax/type_syntax.h"

#include "gocode/rule_text.h"
#include "usage/struct_fields.h"

namespace otel::usage {
namespace {

using base::Error;
using gocode::GoFile;
using gocode::GoPackage;
using notation::RuleHead;
using syntax::TokenKind;

constexpr std::array<std::string_view, 15> kPredeclared = {"nil",  "true", "false",   "len",    "cap",
                                                           "min",  "max",  "append",  "new",    "make",
                                                           "real", "imag", "complex", "string", "copy"};

// The variable of the hooks: what the function takes and returns.
struct Signature {
  const GoFile* file;
  std::vector<syntax::Parameter> parameters;
  std::vector<syntax::Parameter> results;
  base::Place place;
};

// The imports of the added file, whose names nothing else in the package has.
class AddedImports {
 public:
  AddedImports(const GoPackage& package, const std::string& prefix) : package_(package), prefix_(prefix) {}

  // The name of an import by path; nothing if the package doesn't import that.
  std::optional<std::string> add(const std::string& path) {
    auto imports = [&](const GoFile& file) {
      return std::any_of(file.outline.imports.begin(), file.outline.imports.end(),
                         [&](const auto& import) { return import.path == path; });
    };
    if (path != "unsafe" && std::none_of(package_.files.begin(), package_.files.end(), imports))
      return std::nullopt;
    return names_.emplace(path, fmt::format("{}_i{}", prefix_, names_.size())).first->second;
  }

  // By the name that files of the package have for it, the given one before others.
  std::optional<std::string> add_named(std::string_view name, const GoFile* first) {
    if (name == "unsafe") return add("unsafe");
    const syntax::ImportSpec* found = first ? gocode::find_import(first->outline, name) : nullptr;
    for (const auto& file : package_.files)
      if (!found) found = gocode::find_import(file.outline, name);
    return found ? add(found->path) : std::nullopt;
  }

  std::string render() const {
    std::string text = "\t_ \"unsafe\" // for go:linkname\n";
    for (const auto& [path, name] : names_) text += fmt::format("\t{} \"{}\"\n", name, path);
    return fmt::format("import (\n{})\n", text);
  }

 private:
  const GoPackage& package_;
  const std::string& prefix_;
  std::map<std::string, std::string> names_;  // by path
};

std::size_t token_at(const GoFile& file, std::size_t offset) {
  auto found = std::lower_bound(file.tokens.begin(), file.tokens.end(), offset,
                                [](const syntax::Token& token, std::size_t at) { return token.begin < at; });
  return static_cast<std::size_t>(found - file.tokens.begin());
}

Signature signature_of(const GoFile& file, const syntax::Value& variable) {
  const auto& tokens = file.tokens;
  auto at = token_at(file, variable.type.begin);
  Signature signature{&file, {}, {}, file.source.place(variable.name.span)};
  signature.parameters =
      syntax::make_parameters(file.source, tokens, syntax::read_parameters(tokens, at + 1));
  auto behind = tokens.step(at + 1);
  if (tokens[behind].is(TokenKind::LeftParen))
    signature.results = syntax::make_parameters(file.source, tokens, syntax::read_parameters(tokens, behind));
  else if (auto end = syntax::skip_type(tokens, behind); end != behind)
    signature.results.push_back({{}, tokens.span(behind, end - 1), false});
  return signature;
}

Signature read_signature(const RuleHead& rule, const Accessor& accessor, const GoPackage& hooks) {
  std::vector<std::string> names;
  for (const auto& file : hooks.files) {
    for (const auto& variable : file.outline.variables) {
      names.push_back(variable.name.text);
      if (variable.name.text != accessor.variable) continue;
      if (variable.type.empty() || !variable.value.empty() ||
          !file.tokens[token_at(file, variable.type.begin)].is(TokenKind::Func))
        throw Error(fmt::format("variable {} of rule {} must have a function type and no value",
                                accessor.variable, rule.name))
            .at(file.source.place(variable.name.span));
      return signature_of(file, variable);
    }
  }
  throw Error(fmt::format("rule {}: package {} has no variable {}", rule.name, hooks.path, accessor.variable))
      .at(rule.place_of("set"))
      .hint(base::near_hint(accessor.variable, names));
}

// A type of the hooks' variable as the added file spells it.
std::string spell_type(const RuleHead& rule, const GoPackage& package, const Signature& signature,
                       const syntax::Parameter& of, AddedImports& imports) {
  const auto& file = *signature.file;
  auto refuse = [&](const std::string& why) {
    return Error(fmt::format("{} in the type of a variable that rule {} sets {}", file.text(of.type),
                             rule.name, why))
        .at(file.source.place(of.type))
        .hint("use any");
  };
  if (of.variadic) throw refuse("is variadic");
  if (!gocode::own_type_names(file, of.type).empty()) throw refuse("is a type of the hooks");
  std::string spelled;
  std::size_t copied = of.type.begin;
  for (auto at = token_at(file, of.type.begin); file.tokens[at].begin < of.type.end; ++at) {
    auto span = file.tokens.span(at);
    if (!file.tokens[at].is(TokenKind::Identifier) || file.tokens[at - 1].is(TokenKind::Period)) continue;
    bool qualifies = file.tokens[at + 1].is(TokenKind::Period);
    spelled += file.text({copied, span.begin});
    copied = span.end;
    if (!qualifies) {
      // The package's language version may be older than the word.
      spelled += file.text(span) == "any" ? "interface{}" : file.text(span);
      continue;
    }
    const auto* import = gocode::find_import(file.outline, file.text(span));
    if (import && import->path == package.path) {
      copied = file.tokens[at + 1].end;
      continue;
    }
    auto name = import ? imports.add(import->path) : std::nullopt;
    if (!name) throw refuse(fmt::format("is of a package that {} doesn't import", package.path));
    spelled += *name;
  }
  return spelled + std::string(file.text({copied, of.type.end}));
}

struct FoundType {
  const GoFile* file = nullptr;
  const syntax::TypeDecl* declared = nullptr;
};

FoundType find_type(const GoPackage& package, const std::string& name) {
  for (const auto& file : package.files)
    for (const auto& declared : file.outline.types)
      if (declared.name.text == name) return {&file, &declared};
  return {};
}

// What a type has, as far as it is declared in the package as a struct: fields with their types, and methods,
// whose types are empty.
struct Members {
  bool all = false;  // nothing may be promoted from elsewhere
  std::map<std::string, std::string> types;
};

Members members_of(const GoPackage& package, const std::string& type) {
  Members members;
  for (const auto& file : package.files) {
    for (const auto& declared : file.outline.structs) {
      if (declared.name.text != type || declared.alias) continue;
      members.all = file.outline.complete;
      for (const auto& field : struct_fields(file, declared)) {
        members.types[field.name] = file.text(field.type);
        if (field.embedded) members.all = false;
      }
    }
    for (const auto& function : file.outline.functions)
      if (function.receiver && function.receiver->base == type) members.types[function.name.text] = "";
  }
  return members;
}

std::set<std::string> package_names(const GoPackage& package) {
  std::set<std::string> names(kPredeclared.begin(), kPredeclared.end());
  for (const auto& file : package.files) {
    for (const auto& function : file.outline.functions)
      if (!function.receiver) names.insert(function.name.text);
    for (const auto& type : file.outline.types) names.insert(type.name.text);
    for (const auto& value : file.outline.variables) names.insert(value.name.text);
    for (const auto& value : file.outline.constants) names.insert(value.name.text);
  }
  return names;
}

// The expressions as the added file has them.
struct Spelled {
  std::string text;
  std::string missing;  // that a type hasn't got a field
  bool uses_parameter = false;
  bool guarded = false;  // more may panic than a nil parameter
};

// While they are spelled.
struct Expressions {
  const RuleHead& rule;
  const Accessor& accessor;
  const GoPackage& package;
  syntax::SourceFile source{"expression", accessor.expression};
  syntax::TokenList tokens = syntax::scan(source);
  Spelled spelled = {};

  bool is(std::size_t at, TokenKind kind) const { return tokens[at].is(kind); }
  std::string word(std::size_t at) const { return std::string(source.text(tokens.span(at))); }
  Error mistake(const std::string& what, const std::string& hint) const {
    return Error(fmt::format("expression of rule {}: {}", rule.name, what))
        .at(rule.place_of("expression"))
        .hint(hint);
  }
};

// Follows `c.a.b` as far as it goes through structs of the package.
void check_members(Expressions& in, std::size_t at) {
  auto type = in.accessor.qualifier.empty() ? in.accessor.type : "";
  for (; in.is(at + 1, TokenKind::Period) && in.is(at + 2, TokenKind::Identifier); at += 2) {
    auto members = members_of(in.package, type);
    auto name = in.word(at + 2);
    auto found = members.types.find(name);
    bool known = found != members.types.end();
    in.spelled.guarded = in.spelled.guarded || !known || in.is(at + 3, TokenKind::Period);
    if (!known && members.all && in.spelled.missing.empty()) {
      std::vector<std::string> names;
      for (const auto& member : members.types) names.push_back(member.first);
      auto hint = base::near_hint(name, names);
      in.spelled.missing = fmt::format("type {} of package {} has no field or method {}{}{}", type,
                                       in.package.path, name, hint.empty() ? "" : "; ", hint);
    }
    if (!known) return;
    type = found->second.substr(found->second.starts_with("*") ? 1 : 0);
  }
}

// Of a token between names: calls, indices and operators (a division, what is behind a pointer) may.
bool may_panic(TokenKind kind) {
  return kind != TokenKind::Identifier && kind != TokenKind::Period && kind != TokenKind::Comma &&
         kind != TokenKind::AutoSemicolon;
}

Spelled spell_expressions(Expressions in, const GoFile* declaring, AddedImports& imports) {
  auto declared = package_names(in.package);
  auto& spelled = in.spelled;
  std::size_t copied = 0;
  for (std::size_t at = 0; !in.is(at, TokenKind::EndOfFile); ++at) {
    spelled.guarded = spelled.guarded || may_panic(in.tokens[at].kind);
    if (in.is(at, TokenKind::Func)) throw in.mistake("function literals can't be used", "call a function");
    bool selected = at > 0 && in.is(at - 1, TokenKind::Period);
    if (!in.is(at, TokenKind::Identifier) || selected || in.is(at + 1, TokenKind::Colon)) continue;
    auto name = in.word(at);
    if (name == in.accessor.parameter) {
      spelled.uses_parameter = true;
      check_members(in, at);
      continue;
    }
    if (declared.count(name) || gocode::is_predeclared_type(name)) {
      spelled.guarded = spelled.guarded || in.is(at + 1, TokenKind::Period);
      continue;
    }
    auto import = in.is(at + 1, TokenKind::Period) ? imports.add_named(name, declaring) : std::nullopt;
    if (!import) {
      declared.insert(in.accessor.parameter);
      throw in.mistake(fmt::format("package {} has no {}", in.package.path, name),
                       base::near_hint(name, {declared.begin(), declared.end()}));
    }
    spelled.text += in.source.text({copied, in.tokens[at].begin});
    spelled.text += *import;
    copied = in.tokens[at].end;
  }
  spelled.text += in.source.text({copied, in.source.bytes().size()});
  return spelled;
}

// The type that is read, as the added file has it.
std::string spell_read_type(const RuleHead& rule, const Accessor& accessor, const GoPackage& package,
                            AddedImports& imports) {
  auto spelled = accessor.type;
  if (!accessor.qualifier.empty()) {
    auto import = imports.add_named(accessor.qualifier, nullptr);
    if (!import)
      throw Error(
          fmt::format("rule {}: package {} imports no {}", rule.name, package.path, accessor.qualifier))
          .at(rule.place_of("on"))
          .hint("the type must be the package's own, or of a package that it imports");
    spelled = *import + "." + spelled;
  }
  return (accessor.pointer ? "*" : "") + spelled;
}

std::string missing_type(const Accessor& accessor, const GoPackage& package) {
  std::vector<std::string> names;
  for (const auto& file : package.files)
    for (const auto& declared : file.outline.types) names.push_back(declared.name.text);
  auto hint = base::near_hint(accessor.type, names);
  return fmt::format("package {} has no type {}{}{}", package.path, accessor.type, hint.empty() ? "" : "; ",
                     hint);
}

// Parameter and results of the function, of the types that the hooks' variable has.
struct Spellings {
  std::string given;  // empty without a parameter
  std::string results;
};

Spellings spell_signature(const RuleHead& rule, const Accessor& accessor, const GoPackage& package,
                          const Signature& signature, const std::string& read_type, const std::string& prefix,
                          AddedImports& imports) {
  auto refuse = [&](const std::string& what) {
    return Error(fmt::format("variable {} of rule {} {}", accessor.variable, rule.name, what))
        .at(signature.place);
  };
  auto count = gocode::split_expressions(accessor.expression).value().size();
  bool takes = !accessor.type.empty();
  if (signature.parameters.size() != (takes ? 1U : 0U))
    throw refuse(takes ? "must have one parameter" : "must have no parameter")
        .hint(takes ? "it is what \"on\" names" : "\"on\" names what is read");
  if (signature.results.size() != count)
    throw refuse(fmt::format("has {} results for {} expressions", signature.results.size(), count))
        .hint("write an expression for each result");
  Spellings spellings;
  for (const auto& parameter : signature.parameters)
    spellings.given = spell_type(rule, package, signature, parameter, imports);
  if (spellings.given != "interface{}" && spellings.given != read_type)
    throw refuse(fmt::format("takes {}, not {}", signature.file->text(signature.parameters[0].type),
                             (accessor.pointer ? "*" : "") + accessor.type))
        .hint("take any where the hooks can't name the type");
  for (std::size_t i = 0; i < count; ++i)
    spellings.results += fmt::format("{}{}_r{} {}", i > 0 ? ", " : "", prefix, i,
                                     spell_type(rule, package, signature, signature.results[i], imports));
  return spellings;
}

// The function that is added. Of what panics in it results stay empty.
std::string render_function(const Accessor& accessor, const std::string& prefix, const std::string& symbol,
                            const std::string& type, const Spellings& spellings, const Spelled& expressions) {
  const auto& [given, results] = spellings;
  std::string body;
  auto parameter = given.empty() ? "" : fmt::format("{}_on {}", prefix, given);
  if (given == "interface{}" && accessor.pointer)
    body = fmt::format("\t{0}, _ := {1}_on.({2})\n", accessor.parameter, prefix, type);
  else if (given == "interface{}")
    body = fmt::format("\t{0}, {1}_ok := {1}_on.({2})\n\tif !{1}_ok {{\n\t\treturn\n\t}}\n",
                       accessor.parameter, prefix, type);
  else if (!given.empty())
    body = fmt::format("\t{} := {}_on\n", accessor.parameter, prefix);
  if (accessor.pointer) body += fmt::format("\tif {} == nil {{\n\t\treturn\n\t}}\n", accessor.parameter);
  std::string guard;
  if (expressions.guarded) {
    body += fmt::format("\tdefer {}_end()\n", symbol);
    guard =
        fmt::format("\n//go:linkname {0}_end\n//go:noinline\nfunc {0}_end() {{ _ = recover() }}\n", symbol);
  }
  return fmt::format(
      "var {0} func({1}) ({2}) = {0}_get\n\n//go:linkname {0}_get\n//go:noinline\nfunc {0}_get({1}) ({2}) "
      "{{\n{3}\treturn {4}\n}}\n{5}",
      symbol, parameter, results, body, expressions.text, guard);
}

// An import path as the compiler has it in the symbols of a package (cmd/internal/objabi.PathToPrefix): what
// isn't plain, and periods in the last element, are escaped.
std::string symbol_path(const std::string& path) {
  auto slash = path.rfind('/');
  std::string text;
  for (std::size_t at = 0; at < path.size(); ++at) {
    auto byte = static_cast<unsigned char>(path[at]);
    bool last = slash == std::string::npos || at > slash;
    if (byte <= ' ' || byte == '%' || byte == '"' || byte >= 0x7f || (byte == '.' && last))
      text += fmt::format("%{:02x}", byte);
    else
      text += path[at];
  }
  return text;
}

}  // namespace

std::optional<Accessor> parse_accessor_parameter(const std::string& written) {
  Accessor accessor;
  syntax::SourceFile source("on", written);
  auto tokens = syntax::scan(source);
  auto text = [&](std::size_t at) { return std::string(source.text(tokens.span(at))); };
  auto is = [&](std::size_t at, TokenKind kind) { return at < tokens.size() && tokens[at].is(kind); };
  std::size_t at = 1;
  accessor.pointer = is(at, TokenKind::Mul);
  if (accessor.pointer) ++at;
  bool qualified = is(at, TokenKind::Identifier) && is(at + 1, TokenKind::Period);
  if (qualified) accessor.qualifier = text(at);
  if (qualified) at += 2;
  if (!is(0, TokenKind::Identifier) || !is(at, TokenKind::Identifier) || text(0) == "_" ||
      !is(at + 1, TokenKind::AutoSemicolon) || !is(at + 2, TokenKind::EndOfFile))
    return std::nullopt;
  accessor.parameter = text(0);
  accessor.type = text(at);
  return accessor;
}

AccessorFile render_accessor(const RuleHead& rule, const Accessor& accessor, const GoPackage& package,
                             const GoPackage& hooks, const std::string& prefix, const std::string& symbol) {
  auto signature = read_signature(rule, accessor, hooks);
  AccessorFile file{"", {}, signature.place, ""};
  AddedImports imports(package, prefix);
  auto found = accessor.qualifier.empty() ? find_type(package, accessor.type) : FoundType{};
  if (found.declared && !found.declared->type_params.empty())
    throw Error(
        fmt::format("rule {}: type {} of package {} is generic", rule.name, accessor.type, package.path))
        .at(rule.place_of("on"));
  auto type = spell_read_type(rule, accessor, package, imports);
  auto expressions = spell_expressions({rule, accessor, package}, found.file, imports);
  if (!accessor.type.empty() && !expressions.uses_parameter)
    throw Error(fmt::format("expression of rule {} doesn't use {}", rule.name, accessor.parameter))
        .at(rule.place_of("expression"))
        .hint("omit \"on\"");
  auto spellings = spell_signature(rule, accessor, package, signature, type, prefix, imports);
  bool own = !accessor.type.empty() && accessor.qualifier.empty();
  file.missing = own && !found.declared ? missing_type(accessor, package) : expressions.missing;
  if (!file.missing.empty()) return file;
  if (found.declared) file.type = found.file->source.place(found.declared->name.span);
  auto function = render_function(accessor, prefix, symbol, type, spellings, expressions);
  file.text =
      fmt::format("// Code generated by otel. DO NOT EDIT.\n\npackage {}\n\n{}\n//go:linkname {} {}.{}\n{}",
                  package.files[0].outline.package_name.text, imports.render(), symbol,
                  symbol_path(rule.hooks), accessor.variable, function);
  return file;
}

}  // namespace otel::usage
