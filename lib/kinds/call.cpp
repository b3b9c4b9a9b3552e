// SPDX-License-Identifier: Apache-2.0
#include "kinds/call.h"

#include <algorithm>
#include <fmt/format.h>

#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
namespace {

using gocode::GoFile;
using syntax::TokenKind;

// The spans in a body that have the tokens of `call`.
std::vector<syntax::Span> find_call(const GoFile& file, const syntax::Braces& body, const std::string& call) {
  syntax::SourceFile wanted_source("call", call);
  auto wanted = syntax::scan(wanted_source);
  std::size_t length = 0;
  while (!syntax::is_semicolon(wanted[length].kind) && !wanted[length].is(TokenKind::EndOfFile)) ++length;
  std::vector<syntax::Span> found;
  for (std::size_t at = body.open_token + 1; at + length <= body.close_token; ++at) {
    std::size_t same = 0;
    while (same < length && file.text(file.tokens.span(at + same)) == wanted_source.text(wanted.span(same)))
      ++same;
    // Behind a period the first name is another one.
    if (length > 0 && same == length && !file.tokens[at - 1].is(TokenKind::Period))
      found.push_back(file.tokens.span(at, at + length - 1));
  }
  return found;
}

}  // namespace

const KindFacts& CallRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "call",
      .description = "replaces one call expression in a function",
      .keys = {notation::kFunctionKey,
               notation::kOrderKey,
               {"call", Required, KeyForm::Text, "the call expression as it stands in the source"},
               {"replace", Required, KeyForm::Text, "the expression to put in its place"}},
      .subject_key = "function",
  };
  return kFacts;
}

CallRule CallRule::read(const RuleReader& in) {
  constexpr auto kForms = "write F, T.M or (*T).M";
  auto text = in.text("function");
  if (notation::FunctionPattern::is_meant(text))
    throw base::Error(fmt::format("rule {} of kind call needs a single function", in.text("name")))
        .at(in.place("function"))
        .hint(kForms);
  auto function = notation::parse_function_name(text);
  if (!function)
    throw base::Error(fmt::format("\"{}\" is not a function name", text))
        .at(in.place("function"))
        .hint(kForms);
  return {{}, *function, in.text("call"), in.text("replace")};
}

void CallRule::match(const RuleHead& rule, PackageMatch& into) const {
  into.weaves.push_back(CallWeave{{}, rule.name, function, call, replace});
}

void CallWeave::weave(const std::vector<const CallWeave*>& weaves, FileWeaving& into) {
  for (const auto* weave : weaves) {
    const auto* function = gocode::find_function(into.file.outline, weave->function);
    if (!function || !function->body) continue;
    auto found = find_call(into.file, *function->body, weave->call);
    if (found.size() != 1) {
      into.add_point(weave->rule, function->name.span.begin,
                     fmt::format("{} holds {} times {}", weave->function.text(), found.size(), weave->call));
      continue;
    }
    auto text = into.file.text(found[0]);
    auto newlines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    into.edits.replace(found[0], gocode::spread_expression(gocode::one_line(weave->replace), newlines));
    into.replaced.push_back(found[0]);
    into.add_point(weave->rule, found[0].begin);
  }
}

}  // namespace otel::kinds
