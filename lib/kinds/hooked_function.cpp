// SPDX-License-Identifier: Apache-2.0
#include "kinds/hooked_function.h"

#include <algorithm>
#include <fmt/format.h>

#include "gocode/glue.h"
#include "gocode/trampoline.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {

using gocode::HookKind;

gocode::TakenPlaces read_taken_places(const RuleReader& in) {
  auto read = [&](std::string_view key, bool of_results) {
    std::vector<std::string> places;
    for (const auto& [text, place] : in.list(key)) {
      bool number = text.size() < 4 && text.find_first_not_of("0123456789") == std::string::npos;
      if (!number && text != "last" && (of_results || text != "receiver"))
        throw base::Error(fmt::format("\"{}\" is not a position in \"{}\"", text, key))
            .at(place)
            .hint(of_results ? "write numbers from 0, or last" : "write numbers from 0, receiver or last");
      if (std::find(places.begin(), places.end(), text) != places.end())
        throw base::Error(fmt::format("duplicate position {} in \"{}\"", text, key)).at(place);
      places.push_back(text);
    }
    if (in.has(key) && places.empty())
      throw base::Error(fmt::format("\"{}\" is empty", key)).at(in.place(key));
    return places;
  };
  return {read("parameters", false), read("results", true)};
}

HookNames read_hook_names(const RuleReader& in) {
  HookNames names{in.text("before"), in.text("after"), {}};
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
      hook = gocode::fit_hook({rule.name, name, place, for_functions, names.taken}, moment, hooks,
                              into.package, target);
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
