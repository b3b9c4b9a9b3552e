// SPDX-License-Identifier: Apache-2.0
#include "kinds/hooked_function.h"

#include <fmt/format.h>

#include "gocode/glue.h"
#include "gocode/trampoline.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {

using gocode::HookKind;

HookNames read_hook_names(const RuleReader& in) {
  HookNames names{in.text("before"), in.text("after")};
  if (names.before.empty() && names.after.empty())
    throw base::Error(fmt::format("rule {} has no hook", in.text("name")))
        .at(in.place("name"))
        .hint("set \"before\", \"after\" or both");
  return names;
}

void add_hooks(const RuleHead& rule, const HookNames& names, bool for_functions, const GoPackage& hooks,
               const gocode::FoundFunction& target, const std::string& symbol, PackageMatch& into) {
  gocode::GlueHooks fitted;
  auto fit = [&](const std::string& name, HookKind moment, std::optional<gocode::FittedHook>& hook) {
    if (name.empty()) return true;
    return into.attempt([&] {
      const auto& place = rule.place_of(name == names.before ? "before" : "after");
      hook = gocode::fit_hook({rule.name, name, place, for_functions}, moment, hooks, into.package, target);
    });
  };
  bool fits = fit(names.before, HookKind::Before, fitted.before);
  fits &= fit(names.after, HookKind::After, fitted.after);
  if (!fits) return;
  FunctionWeave weave{{rule.name, symbol, gocode::function_name(*target.function), {}, std::nullopt}, {}};
  if (fitted.before) weave.before = fitted.before->shape;
  if (fitted.after) weave.after = fitted.after->shape;
  // A function that can't be woven is reported by the weaver; its hooks are checked all the same.
  if (!gocode::refuse_function(*target.file, *target.function))
    into.add_glue(rule, symbol + ".go",
                  gocode::render_glue(PackageMatch::glue_name(rule.hooks), into.package.path, weave,
                                      rule.hooks, fitted));
  into.weaves.push_back(std::move(weave));
}

}  // namespace otel::kinds
