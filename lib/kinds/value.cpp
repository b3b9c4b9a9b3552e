// SPDX-License-Identifier: Apache-2.0
#include "kinds/value.h"

#include <algorithm>
#include <fmt/format.h>

#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
namespace {

using gocode::GoFile;
using gocode::one_line;
using syntax::TokenKind;
using syntax::Value;

std::size_t token_at(const GoFile& file, std::size_t offset) {
  auto found = std::lower_bound(file.tokens.begin(), file.tokens.end(), offset,
                                [](const syntax::Token& token, std::size_t at) { return token.begin < at; });
  return static_cast<std::size_t>(found - file.tokens.begin());
}

// Whether one specification declares both names.
bool one_spec(const GoFile& file, const Value& first, const Value& second) {
  auto end = token_at(file, second.name.span.begin);
  for (auto at = token_at(file, first.name.span.begin); at < end; at = file.tokens.step(at))
    if (syntax::is_semicolon(file.tokens[at].kind)) return false;
  return true;
}

bool mentions(const GoFile& file, syntax::Span span, std::string_view name) {
  for (auto at = token_at(file, span.begin); file.tokens[at].begin < span.end; ++at)
    if (file.tokens[at].is(TokenKind::Identifier) && file.text(file.tokens.span(at)) == name) return true;
  return false;
}

// Why the value of a constant isn't a place of its own.
std::string refuse_constant(const GoFile& file, const std::vector<Value>& all, std::size_t index) {
  const auto& constant = all[index];
  if (constant.value.empty()) return "it repeats the expression of the constant above it";
  if (mentions(file, constant.value, "iota")) return "its value comes from iota";
  for (auto next = index + 1; next < all.size(); ++next) {
    if (one_spec(file, constant, all[next])) continue;
    if (all[next].value.empty())
      return fmt::format("constant {} repeats its expression", all[next].name.text);
    break;
  }
  return "";
}

std::string refuse_variable(const GoFile& file, const std::vector<Value>& all, std::size_t index) {
  const auto& variable = all[index];
  if (!variable.value.empty()) return "";
  auto behind = token_at(file, variable.type.empty() ? variable.name.span.end : variable.type.end);
  if (variable.type.empty() || file.tokens[behind].is(TokenKind::Assign))
    return "it shares one call's results with other variables";
  auto same = std::count_if(all.begin(), all.end(), [&](const Value& v) { return v.type == variable.type; });
  return same > 1 ? "it is declared together with other variables that have no value" : "";
}

// Whether the former value is all that uses an import of the file. Another use of the same name decides for
// no: were it a local variable's, the compiler would say that the import isn't used.
bool leaves_import_unused(const GoFile& file, syntax::Span value) {
  const auto& tokens = file.tokens;
  auto qualifier_at = [&](std::size_t at) {
    return tokens[at].is(TokenKind::Identifier) && tokens[at + 1].is(TokenKind::Period) &&
           (at == 0 || !tokens[at - 1].is(TokenKind::Period));
  };
  for (auto at = token_at(file, value.begin); tokens[at].begin < value.end; ++at) {
    if (!qualifier_at(at)) continue;
    auto name = file.text(tokens.span(at));
    if (!gocode::find_import(file.outline, name)) continue;
    bool elsewhere = false;
    for (std::size_t other = 0; other + 1 < tokens.size() && !elsewhere; ++other)
      elsewhere = (tokens[other].begin < value.begin || tokens[other].begin >= value.end) &&
                  qualifier_at(other) && file.text(tokens.span(other)) == name;
    if (!elsewhere) return true;
  }
  return false;
}

struct SetValue {
  syntax::Span name;      // where it is declared
  syntax::Span replaced;  // the former value; empty if there was none
  std::string refused;    // why it can't be set; empty if it is
  // Go declarations for the end of the file: a blank use of what the former value used of imports, which
  // would else be imported for nothing. They need no import.
  std::string kept;
};

SetValue set_value(const GoFile& file, const std::vector<Value>& all, std::size_t index, bool constant,
                   const std::string& text, syntax::Edits& edits) {
  const auto& declared = all[index];
  SetValue set{declared.name.span, declared.value, "", ""};
  set.refused = constant ? refuse_constant(file, all, index) : refuse_variable(file, all, index);
  if (!set.refused.empty()) return set;
  auto expression = one_line(text);
  if (declared.value.empty()) {
    edits.insert(declared.type.end, " = " + expression);
    return set;
  }
  auto former = file.text(declared.value);
  auto newlines = static_cast<std::size_t>(std::count(former.begin(), former.end(), '\n'));
  edits.replace(declared.value, gocode::spread_expression(expression, newlines));
  if (leaves_import_unused(file, declared.value))
    set.kept = constant ? fmt::format("const _ = {}\n", one_line(former))
                        : fmt::format("var _ = func() {{ _ = {} }}\n", one_line(former));
  return set;
}

// Nothing if the file doesn't declare that name.
std::optional<SetValue> weave_value(const GoFile& file, const ValueWeave& weave, syntax::Edits& edits) {
  for (bool constant : {false, true}) {
    const auto& all = constant ? file.outline.constants : file.outline.variables;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].name.text == weave.name && weave.name != "_")
        return set_value(file, all, i, constant, weave.value, edits);
  }
  return std::nullopt;
}

}  // namespace

const KindFacts& ValueRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "value",
      .description = "sets the initial value of a package-level variable, or the value of a constant",
      .keys = {{"variable", Required, KeyForm::Name, "name of the variable or constant"},
               {"value", Required, KeyForm::Text, "the expression"},
               notation::kImportsKey},
      .confinable = true,
  };
  return kFacts;
}

ValueRule ValueRule::read(const RuleReader& in) {
  return {{}, in.text("variable"), in.text("value")};
}

void ValueRule::match(const RuleHead& rule, PackageMatch& into) const {
  into.weaves.push_back(ValueWeave{{}, rule.name, variable, into.with_imports(rule, value)});
}

std::string ValueRule::missing(const GoPackage& package) const {
  std::vector<std::string> names;
  for (const auto& file : package.files) {
    for (const auto& declared : file.outline.variables) names.push_back(declared.name.text);
    for (const auto& declared : file.outline.constants) names.push_back(declared.name.text);
  }
  return missing_text(package, "package-level variable or constant", variable, names);
}

void ValueWeave::weave(const std::vector<const ValueWeave*>& weaves, FileWeaving& into) {
  for (const auto* weave : weaves) {
    auto set = weave_value(into.file, *weave, into.edits);
    if (!set) continue;
    into.add_point(weave->rule, set->name.begin, set->refused);
    if (set->refused.empty()) into.replaced.push_back(set->replaced);
    into.appended += set->kept;
  }
}

}  // namespace otel::kinds
