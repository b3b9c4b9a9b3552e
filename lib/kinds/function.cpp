// SPDX-License-Identifier: Apache-2.0
#include "kinds/function.h"

#include <fmt/format.h>

#include "gocode/trampoline.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
namespace {

// Of a rule for several functions the package is part of it: the glue has the variables of all of them.
std::string symbol_of(const RuleHead& rule, bool for_functions, const notation::FunctionName& function,
                      const PackageMatch& into) {
  auto receiver = function.receiver.empty() ? "" : function.receiver + "_";
  auto scope = for_functions ? into.package.path + "_" : "";
  return fmt::format("{}_{}_{}{}{}", into.prefix, rule.name, scope, receiver, function.name);
}

// Whether the shape fits this function. A plan is made from the first function of that name; the compiler
// reports a second one.
bool is_shape_of(const gocode::HookShape& shape, const syntax::Function& function) {
  auto parameters = function.params.size() + (function.receiver ? 1 : 0);
  return (shape.parameters.empty() || shape.parameters.size() == parameters) &&
         (shape.results.empty() || shape.results.size() == function.results.size());
}

}  // namespace

const KindFacts& FunctionRule::facts() {
  static const KindFacts kFacts = {
      .name = "function",
      .description = "calls a hook at a function's entry and one at its exit",
      .keys = {notation::kFunctionKey, notation::kWhereKey, notation::kOrderKey, kBeforeKey, kAfterKey,
               kParametersKey, kResultsKey},
      .uses_hooks = true,
      .needs_hook = true,
      .confinable = true,
      .subject_key = "function",
  };
  return kFacts;
}

FunctionRule FunctionRule::read(const RuleReader& in) {
  FunctionRule rule;
  rule.functions = notation::read_function_selector(in);
  rule.hooks = read_hook_names(in);
  rule.hooks.taken = read_taken_places(in);
  return rule;
}

void FunctionRule::match(const RuleHead& rule, PackageMatch& into) const {
  if (into.skips_hook_dependency(rule, false)) return;
  bool for_functions = functions.functions || rule.is_for_packages();
  auto refused_package = gocode::refuse_package(into.package);
  if (!refused_package && for_functions) refused_package = gocode::refuse_go_runtime(into.package);
  for (const auto& target : into.find_targets(rule, functions)) {
    auto refused = refused_package;
    if (!refused && functions.functions) refused = gocode::refuse_function(*target.file, *target.function);
    if (refused) {
      into.report_at(rule, target, *refused, !for_functions);
      continue;
    }
    into.attempt([&] {
      auto name = gocode::function_name(*target.function);
      bool itself = rule.hooks == into.package.path && name.receiver.empty() &&
                    (name.name == hooks.before || name.name == hooks.after);
      if (itself)
        throw base::Error(fmt::format("rule {} weaves hook {} into itself", rule.name, name.name))
            .at(rule.place_of("function"));
      // Rule a_b with function c, rule a with b_c, T.M and T_M, and names beyond ASCII would meet.
      auto symbol = into.new_symbol(symbol_of(rule, for_functions, name, into));
      add_hooks(rule, hooks, for_functions, into.sources.read_hooks(), target, symbol, into);
    });
  }
}

void FunctionWeave::weave(const std::vector<const FunctionWeave*>& weaves, FileWeaving& into) {
  for (const auto& function : into.file.outline.functions) {
    std::vector<const gocode::FunctionWeave*> fitting;
    for (const auto* weave : weaves) {
      if (gocode::find_function(into.file.outline, weave->function) != &function) continue;
      auto refused = gocode::refuse_function(into.file, function);
      if (!is_shape_of(weave->before, function) ||
          !is_shape_of(weave->after.value_or(gocode::HookShape()), function))
        refused = "the function is declared more than once";
      into.add_point(weave->rule, function.name.span.begin, refused.value_or(""));
      if (!refused) fitting.push_back(weave);
    }
    if (fitting.empty()) continue;
    auto declarations = gocode::weave_function(into.file, function, fitting, into.edits, into.compilation);
    into.appended += declarations.functions;
    into.variables += declarations.variables;
  }
}

}  // namespace otel::kinds
