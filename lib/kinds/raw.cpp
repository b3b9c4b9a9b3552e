// SPDX-License-Identifier: Apache-2.0
#include "kinds/raw.h"

#include <fmt/format.h>

#include "syntax/returns.h"

#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {

std::string field_text(RawPosition position) {
  return position == RawPosition::Entry ? "entry" : "return";
}

void parse_field(const std::string& text, RawPosition& position) {
  position = text == "entry" ? RawPosition::Entry : RawPosition::Return;
}

const KindFacts& RawRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "raw",
      .description = "inserts a statement into a function",
      .keys = {notation::kFunctionKey,
               notation::kWhereKey,
               notation::kOrderKey,
               {"at", Required, KeyForm::Position, "entry, or return (before each return statement)"},
               {"insert", Required, KeyForm::Text, "the statement"},
               notation::kImportsKey},
      .subject_key = "function",
  };
  return kFacts;
}

RawRule RawRule::read(const RuleReader& in) {
  RawRule rule;
  rule.functions = notation::read_function_selector(in);
  auto at = in.text("at");
  if (at != "entry" && at != "return")
    throw base::Error(fmt::format("\"at\" is \"{}\"", at)).at(in.place("at")).hint("use entry or return");
  parse_field(at, rule.position);
  rule.insert = in.text("insert");
  return rule;
}

void RawRule::match(const RuleHead& rule, PackageMatch& into) const {
  if (into.skips_hook_dependency(rule, false)) return;
  auto targets = into.find_targets(rule, functions);
  if (targets.empty()) return;
  auto statement = into.with_imports(rule, insert);
  for (const auto& target : targets) {
    if (functions.functions && !target.function->body)
      into.report_at(rule, target, "the function has no Go body", false);
    else
      into.weaves.push_back(
          RawWeave{{}, rule.name, gocode::function_name(*target.function), position, statement});
  }
}

void RawWeave::weave(const std::vector<const RawWeave*>& weaves, FileWeaving& into) {
  for (const auto* weave : weaves) {
    const auto* function = gocode::find_function(into.file.outline, weave->function);
    if (!function) continue;
    if (!function->body) {
      into.add_point(weave->rule, function->name.span.begin, "the function has no Go body");
      continue;
    }
    into.add_point(weave->rule, function->name.span.begin);
    auto insert = gocode::one_line(weave->insert);
    if (weave->position == RawPosition::Entry) {
      into.edits.insert(function->body->open + 1, fmt::format(" {};", insert));
      continue;
    }
    for (const auto& statement : syntax::returns(into.file.tokens, *function->body))
      into.edits.insert(statement.statement.begin, insert + "; ");
  }
}

}  // namespace otel::kinds
