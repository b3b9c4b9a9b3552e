// SPDX-License-Identifier: Apache-2.0
#include "kinds/literal.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/text.h"

#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"
#include "usage/struct_fields.h"
#include "usage/struct_literals.h"

namespace otel::kinds {
namespace {

using base::Error;
using gocode::GoFile;
using syntax::TokenKind;

constexpr std::array<std::string_view, 4> kForms = {"text", "field", "pointer", "boxed"};

std::vector<usage::StructLiteral> find_literals(const GoFile& file, const LiteralWeave& weave,
                                                const std::string& package) {
  return usage::find_literals(file, usage::find_uses(file, package, weave.type, weave.package_name));
}

// A literal, and the rules whose hooks take its address.
struct PassedLiteral {
  usage::StructLiteral site;
  std::vector<const LiteralWeave*> weaves;
};

// The fields that rules set, by the token of the literal's brace.
using SetFields = std::set<std::pair<std::size_t, std::string_view>>;

void set_field(const LiteralWeave& weave, const usage::StructLiteral& site, SetFields& set,
               FileWeaving& into) {
  const auto& tokens = into.file.tokens;
  auto place = tokens[site.begin].begin;
  auto keys = usage::read_keys(into.file, site.brace);
  if (!keys) return into.add_point(weave.rule, place, "its fields have no names");
  if (std::find(keys->begin(), keys->end(), weave.field) != keys->end()) return;
  if (!set.emplace(site.brace, weave.field).second)
    return into.add_point(weave.rule, place, "another rule sets the field");
  auto close = tokens[site.brace].partner;
  bool separate = !keys->empty() && !tokens[close - 1].is(TokenKind::Comma);
  auto value = weave.form == LiteralForm::Text
                   ? gocode::one_line(weave.value)
                   : fmt::format("{}({}{{}}.{})", weave.symbol, site.type, weave.field);
  // Another rule may set another field at the same place.
  into.edits.insert(tokens[close].begin, fmt::format("{}{}: {}{}", separate ? ", " : "", weave.field, value,
                                                     separate ? "" : ", "));
  into.add_point(weave.rule, place);
}

void pass_to_hooks(const PassedLiteral& passed, FileWeaving& into) {
  const auto& tokens = into.file.tokens;
  const auto& site = passed.site;
  std::string begin = site.pointer && !site.elided ? "" : "&", end;
  if (site.elided) begin += site.type;
  for (const auto* weave : passed.weaves) {
    begin = fmt::format("{}({}", weave->symbol, begin);  // the first rule's hook is called first
    end += ")";
  }
  if (!site.pointer) begin = "(*" + begin, end += ")";
  into.edits.insert(tokens[site.begin].begin, begin);
  into.edits.insert(tokens[tokens[site.brace].partner].end, end);
}

std::string find_field_type(const usage::FoundStruct& type, const LiteralRule& literal) {
  for (const auto& declared : usage::struct_fields(*type.file, *type.declared))
    if (declared.name == literal.field)
      return gocode::canonical_type(*type.file, literal.literal.package, declared.type);
  return "";
}

std::string missing_field(const usage::FoundStruct& type, const LiteralRule& literal) {
  std::vector<std::string> names;
  for (const auto& declared : usage::struct_fields(*type.file, *type.declared))
    names.push_back(declared.name);
  auto hint = base::near_hint(literal.field, names);
  return fmt::format("struct type {} has no field {}{}{}", literal.literal.text(), literal.field,
                     hint.empty() ? "" : "; ", hint);
}

// How the hook is called; an Error with its place if it can't be.
LiteralForm check_hook(const RuleHead& rule, const LiteralRule& literal, const GoPackage& hooks,
                       const std::string& field_type) {
  auto hook = gocode::require_function(hooks, literal.with, rule.name, rule.place);
  const auto& function = *hook.function;
  auto type = [&](const syntax::Parameter& of) {
    return (of.variadic ? "..." : "") + gocode::canonical_type(*hook.file, hooks.path, of.type);
  };
  auto pointer = fmt::format("*\"{}\".{}", literal.literal.package, literal.literal.name);
  auto takes = function.params.size(), gives = function.results.size();
  bool plain = function.type_params.empty();
  if (!literal.field.empty()) {
    if (plain && takes == 0 && gives == 1 && type(function.results[0]) == field_type)
      return LiteralForm::Field;
  } else if (plain && takes == 1 && gives == 0) {
    if (type(function.params[0]) == pointer) return LiteralForm::Pointer;
    if (type(function.params[0]) == "any") return LiteralForm::Boxed;
  }
  throw Error(fmt::format("function {} of rule {} does not fit {}{}{}", literal.with, rule.name,
                          literal.literal.text(), literal.field.empty() ? "" : ".", literal.field))
      .at(hook.file->source.place(function.name.span))
      .hint(literal.field.empty() ? fmt::format("use func({}), or func(any) for a generic type", pointer)
                                  : fmt::format("use func() {}", field_type));
}

}  // namespace

std::string field_text(LiteralForm form) {
  return std::string(kForms[static_cast<std::size_t>(form)]);
}

void parse_field(const std::string& text, LiteralForm& form) {
  for (std::size_t i = 0; i < kForms.size(); ++i)
    if (kForms[i] == text) form = static_cast<LiteralForm>(i);
}

const KindFacts& LiteralRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "literal",
      .description = "sets a field in composite literals of a struct type, or passes them to a hook function",
      .keys = {{"literal", Required, KeyForm::Callee, "the struct type, import/path.T"},
               {"field", Optional, KeyForm::Text, "name of the field"},
               {"value", Optional, KeyForm::Text, "the expression"},
               {"with", Optional, KeyForm::Name, "hook function"},
               notation::kImportsKey},
      .for_own_packages = true,
      .subject_key = "literal",
  };
  return kFacts;
}

LiteralRule LiteralRule::read(const RuleReader& in) {
  LiteralRule rule{
      {},
      usage::read_qualified_name(in, "literal", "type", "write import/path.T, as in net/http.Server"),
      in.text("field"),
      in.text("value"),
      in.text("with")};
  auto wrong = [&](std::string_view key, const std::string& what, const std::string& hint) {
    return Error(fmt::format("{} in rule {}", what, in.text("name"))).at(in.place(key)).hint(hint);
  };
  if (rule.value.empty() == rule.with.empty())
    throw wrong("literal",
                rule.value.empty() ? "neither \"value\" nor \"with\"" : "both \"value\" and \"with\"",
                "\"value\" is an expression, \"with\" a hook function");
  if (!rule.value.empty() && rule.field.empty())
    throw wrong("value", "\"value\" without \"field\"", "add the field that gets it");
  if (rule.field.find_first_of(" \t\n.*") != std::string::npos)
    throw wrong("field", fmt::format("\"{}\" is not the name of a field", rule.field),
                "write the name alone");
  auto expressions = gocode::split_expressions(rule.value);
  if (!rule.value.empty() && (!expressions || expressions->size() != 1))
    throw wrong("value", fmt::format("\"{}\" is not a Go expression", rule.value), "");
  return rule;
}

std::optional<Search> LiteralRule::search() const {
  return Search{literal.package,
                [wanted = literal.name](const auto&, const auto& bytes) {
                  return bytes.find(wanted) != std::string::npos;
                },
                fmt::format("no matching package has a literal of {}", subject())};
}

std::string LiteralRule::missing(const GoPackage& package) const {
  return fmt::format("package {} has no literal of {}{}", package.path, subject(),
                     field.empty() ? "" : " without " + field);
}

void LiteralRule::match(const RuleHead& rule, PackageMatch& into) const {
  const auto& package = into.package;
  if (package.path == rule.hooks) return;
  auto declaring = into.sources.read_package(literal.package);
  if (!declaring) return;
  auto type = usage::find_struct(declaring->package, literal.name);
  if (!type.declared) {
    std::vector<std::string> names;
    for (const auto& file : declaring->package.files)
      for (const auto& declared : file.outline.structs) names.push_back(declared.name.text);
    into.report(rule, missing_text(declaring->package, "struct type", literal.name, names), true);
    return;
  }
  std::string field_type;
  if (!field.empty()) {
    field_type = find_field_type(type, *this);
    if (field_type.empty()) {
      into.report(rule, missing_field(type, *this), true);
      return;
    }
  }
  LiteralWeave weave{{}, rule.name, "", literal, declaring->name, LiteralForm::Text, field, value};
  if (!with.empty()) {
    if (rule.hooks.empty())
      throw Error(fmt::format("rule {} names a hook, but the file lacks the key \"hooks\"", rule.name))
          .at(rule.place_of("with"))
          .hint("set it to the import path of the package with the hooks");
    weave.form = check_hook(rule, *this, into.sources.read_hooks(), field_type);
  }
  if (weave.form == LiteralForm::Pointer && !type.declared->type_params.empty())
    throw Error(fmt::format("rule {}: {} is generic", rule.name, subject()))
        .at(rule.place_of("with"))
        .hint("use func(any)");
  bool used = std::any_of(package.files.begin(), package.files.end(), [&](const GoFile& file) {
    return file.outline.complete && !find_literals(file, weave, package.path).empty();
  });
  if (!used || into.skips_hook_dependency(rule, false)) return;
  weave.value = into.with_imports(rule, value);
  if (!with.empty()) {
    weave.symbol = into.new_symbol(fmt::format("{}_{}_{}", into.prefix, rule.name, package.path));
    into.add_glue(rule, weave.symbol + ".go",
                  usage::render_variable_glue(PackageMatch::glue_name(rule.hooks), rule.hooks, package.path,
                                              weave.symbol + "_with", with));
  }
  into.weaves.push_back(std::move(weave));
}

void LiteralWeave::weave(const std::vector<const LiteralWeave*>& weaves, FileWeaving& into) {
  const auto& tokens = into.file.tokens;
  auto sites = [&](const LiteralWeave& weave) {
    auto found = find_literals(into.file, weave, into.compilation.package);
    std::erase_if(found, [&](const usage::StructLiteral& site) {
      auto whole = tokens.span(site.begin, tokens[site.brace].partner);
      bool gone = usage::is_replaced(into, whole);
      if (gone) into.add_point(weave.rule, whole.begin, std::string(usage::kReplaced));
      return gone;
    });
    return found;
  };
  std::map<std::size_t, PassedLiteral> passed;  // by the token of the brace
  for (const auto* weave : weaves)
    if (weave->field.empty())
      for (const auto& site : sites(*weave)) {
        passed.try_emplace(site.brace, PassedLiteral{site, {}}).first->second.weaves.push_back(weave);
        into.add_point(weave->rule, tokens[site.begin].begin);
      }
  for (const auto& [brace, literal] : passed) pass_to_hooks(literal, into);
  // Behind what ends a literal that is the last element of another.
  SetFields set;
  for (const auto* weave : weaves)
    if (!weave->field.empty())
      for (const auto& site : sites(*weave)) set_field(*weave, site, set, into);
}

std::string LiteralWeave::declarations(const Compilation& compilation) const {
  if (form == LiteralForm::Text) return "";
  auto pointer = compilation.pointer();
  auto text = usage::declare_hook_variable(compilation, symbol + "_with");
  if (form == LiteralForm::Field)
    return text + fmt::format(
                      "//go:norace\nfunc {0}[otel_type interface{{}}](otel_zero otel_type) otel_type {{\n"
                      "\tvar otel_none {1}\n"
                      "\tif {0}_with != otel_none {{ return (*(*func() otel_type)({1}(&{0}_with)))() }}\n"
                      "\treturn otel_zero\n}}\n\n",
                      symbol, pointer);
  return text + fmt::format(
                    "//go:norace\nfunc {0}[otel_type interface{{}}](otel_p *otel_type) *otel_type {{\n"
                    "\tvar otel_none {1}\n"
                    "\tif {0}_with != otel_none {{ (*(*func({2}))({1}(&{0}_with)))(otel_p) }}\n"
                    "\treturn otel_p\n}}\n\n",
                    symbol, pointer, form == LiteralForm::Boxed ? "interface{}" : "*otel_type");
}

}  // namespace otel::kinds
