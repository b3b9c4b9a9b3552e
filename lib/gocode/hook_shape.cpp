// SPDX-License-Identifier: Apache-2.0
#include "gocode/hook_shape.h"

#include <fmt/format.h>

#include "base/text.h"

#include "published/hook_module.h"

namespace otel::gocode {
namespace {

using base::Error;
using syntax::Parameter;

// A receiver, parameter or result of the target: its type in two spellings.
struct Slot {
  std::string canonical;
  std::string written;
  bool generic = false;
};

Slot make_slot(const FoundFunction& target, const std::string& package, syntax::Span type, bool variadic) {
  std::string dots = variadic ? "[]" : "";
  const auto& file = *target.file;
  return {dots + canonical_type(file, package, type), dots + std::string(file.text(type)),
          depends_on_type_parameter(file, *target.function, type)};
}

std::vector<Slot> parameter_slots(const GoPackage& package, const FoundFunction& target) {
  std::vector<Slot> slots;
  const auto& function = *target.function;
  if (function.receiver) {
    slots.push_back(make_slot(target, package.path, function.receiver->type, false));
    slots.back().generic = !function.receiver->type_params.empty();
  }
  for (const auto& parameter : function.params)
    slots.push_back(make_slot(target, package.path, parameter.type, parameter.variadic));
  return slots;
}

std::vector<Slot> result_slots(const GoPackage& package, const FoundFunction& target) {
  std::vector<Slot> slots;
  for (const auto& result : target.function->results)
    slots.push_back(make_slot(target, package.path, result.type, false));
  return slots;
}

// One hook while it is compared with its target.
class Fitting {
 public:
  Fitting(const std::string& rule, std::string target, const GoPackage& hooks, FoundFunction hook)
      : rule_(rule), target_(std::move(target)), hooks_(hooks), hook_(hook) {}

  std::vector<PassMode> modes(std::size_t first, const std::vector<Slot>& slots, bool pointers_only) const {
    std::vector<PassMode> modes;
    for (std::size_t i = 0; i < slots.size(); ++i)
      modes.push_back(mode(parameter(first + i), slots[i], pointers_only));
    return modes;
  }

  // The slots that the hook's parameters from `first` on take, with what each takes of them.
  std::vector<std::size_t> take(std::size_t first, const std::vector<std::string>& places,
                                const std::vector<Slot>& slots, bool of_method, bool pointers_only,
                                std::vector<PassMode>& into) const;

  // The hook's parameter takes one of the slots and leaves the others out.
  std::vector<PassMode> one_mode(std::size_t first, const std::vector<Slot>& slots, std::size_t taken) const {
    std::vector<PassMode> modes(slots.size(), PassMode::Omit);
    const auto& one = parameter(first);
    bool none = canonical_type(*hook_.file, hooks_.path, one.type) == "any" && one.name.text == "_";
    if (none) return modes;
    if (taken >= slots.size())
      throw Error(fmt::format("hook {} of rule {} takes {}, but {} has none", hook_.function->name.text,
                              rule_, hook_.file->text(one.type), target_))
          .at(hook_.file->source.place(one.type))
          .hint(
              "for several functions a hook's only parameter is the first parameter or the last result; add "
              "\"where\" to the rule");
    modes[taken] = mode(one, slots[taken], false);
    return modes;
  }

  [[noreturn]] void throw_count(std::size_t has, const std::string& wanted) const {
    throw Error(fmt::format("hook {} of rule {} takes {} parameters besides *hook.Call",
                            hook_.function->name.text, rule_, has))
        .at(hook_.file->source.place(hook_.function->name.span))
        .hint(fmt::format("{} allows {}", target_, wanted));
  }

 private:
  const Parameter& parameter(std::size_t i) const { return hook_.function->params[i]; }

  PassMode mode(const Parameter& parameter, const Slot& slot, bool pointers_only) const;

  const std::string& rule_;
  std::string target_;
  const GoPackage& hooks_;
  FoundFunction hook_;
};

PassMode Fitting::mode(const Parameter& parameter, const Slot& slot, bool pointers_only) const {
  auto type = canonical_type(*hook_.file, hooks_.path, parameter.type);
  if (type == "any" && parameter.name.text == "_") return PassMode::Omit;
  if (slot.generic) {
    if (type == "any" && !pointers_only) return PassMode::Boxed;
    throw Error(fmt::format("hook {} of rule {} takes {}, but {} has {}, which depends on a type parameter",
                            hook_.function->name.text, rule_, hook_.file->text(parameter.type), target_,
                            slot.written))
        .at(hook_.file->source.place(parameter.type))
        .hint(pointers_only ? "such a result can't be set; ignore it with \"_ any\""
                            : "take it as \"any\" to read the value, or \"_ any\" to ignore it");
  }
  if (type == "*" + slot.canonical) return PassMode::Pointer;
  if (!pointers_only && type == slot.canonical) return PassMode::Value;
  if (!pointers_only && type == "any") return PassMode::Boxed;
  throw Error(fmt::format("hook {} of rule {} takes {}, but {} has {}", hook_.function->name.text, rule_,
                          hook_.file->text(parameter.type), target_, slot.written))
      .at(hook_.file->source.place(parameter.type))
      .hint(pointers_only
                ? "results are pointers here, for a hook that skips the call"
                : "take the type itself to read, a pointer to it to change, or \"_ any\" to ignore it");
}

std::vector<std::size_t> Fitting::take(std::size_t first, const std::vector<std::string>& places,
                                       const std::vector<Slot>& slots, bool of_method, bool pointers_only,
                                       std::vector<PassMode>& into) const {
  into.assign(slots.size(), PassMode::Omit);
  std::vector<std::size_t> taken;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto at = slots.size();
    if (places[i] == "last")
      at = slots.size() - (slots.size() > (of_method ? 1U : 0U) ? 1 : 0);
    else if (places[i] != "receiver")
      at = std::stoul(places[i]) + (of_method ? 1 : 0);
    else if (of_method)
      at = 0;
    const auto& own = parameter(first + i);
    if (at >= slots.size())
      throw Error(fmt::format("hook {} of rule {} takes {}, but {} has no {}{}", hook_.function->name.text,
                              rule_, hook_.file->text(own.type), target_,
                              places[i] == "receiver" ? "" : "place ", places[i]))
          .at(hook_.file->source.place(own.type))
          .hint("add \"where\" to the rule, or take another");
    auto passed = mode(own, slots[at], pointers_only);
    // "last" may be one of the others too.
    if (passed != PassMode::Omit && into[at] != PassMode::Omit && passed != into[at])
      throw Error(fmt::format("hook {} of rule {} takes one parameter or result of {} in two ways",
                              hook_.function->name.text, rule_, target_))
          .at(hook_.file->source.place(own.type))
          .hint("take it once, or add \"where\" to the rule");
    if (passed != PassMode::Omit) into[at] = passed;
    taken.push_back(passed == PassMode::Omit ? kNowhere : at);
  }
  return taken;
}

// The hook takes what the rule says, or nothing.
FittedHook fit_places(const Fitting& fitting, FittedHook fitted, const TakenPlaces& places, bool before,
                      std::size_t first, std::size_t has, const std::vector<Slot>& parameters,
                      const std::vector<Slot>& results, bool of_method) {
  const auto &of_parameters = places.parameters, &of_results = places.results;
  std::size_t all = of_parameters.size() + of_results.size();
  bool with_parameters = !of_parameters.empty() && (has == all || (before && has == of_parameters.size()));
  bool with_results = !of_results.empty() && (has == all || (!before && has == of_results.size()));
  if (!with_parameters && !with_results)
    fitting.throw_count(has, before
                                 ? fmt::format("none, {} or {} by \"parameters\" and \"results\" of the rule",
                                               of_parameters.size(), all)
                                 : fmt::format("none, {} or {} by \"parameters\" and \"results\" of the rule",
                                               of_results.size(), all));
  auto& taken = fitted.taken;
  taken.clear();
  if (with_parameters)
    taken = fitting.take(first, of_parameters, parameters, of_method, false, fitted.shape.parameters);
  auto offset = fitted.shape.parameters.size();
  if (with_results)
    for (auto at :
         fitting.take(first + taken.size(), of_results, results, false, before, fitted.shape.results))
      taken.push_back(at == kNowhere ? at : offset + at);
  return fitted;
}

FoundFunction find_hook(const NamedHook& named, const GoPackage& hooks) {
  auto found = require_function(hooks, named.name, named.rule, named.place);
  auto place = found.file->source.place(found.function->name.span);
  if (!found.function->results.empty())
    throw Error(fmt::format("hook {} has results", named.name))
        .at(place)
        .hint("set results through pointers");
  if (!found.function->type_params.empty())
    throw Error(fmt::format("hook {} is generic", named.name)).at(place);
  const auto& parameters = found.function->params;
  if (!parameters.empty() && parameters.back().variadic)
    throw Error(fmt::format("hook {} is variadic", named.name))
        .at(found.file->source.place(parameters.back().type))
        .hint("take a variadic parameter as a slice");
  return found;
}

}  // namespace

std::string hook_type(std::string_view name) {
  return fmt::format("*\"{}\".{}", published::hook_module(), name);
}

std::string hook_parameter_type(const GoFile& file, const std::string& hooks,
                                const syntax::Parameter& parameter) {
  static const auto kAlias = fmt::format("\"{}\".", kHookPackage),
                    kPublished = fmt::format("\"{}\".", published::hook_module());
  return base::replace_all(canonical_type(file, hooks, parameter.type), kAlias, kPublished);
}

FittedHook fit_hook(const NamedHook& named, HookKind kind, const GoPackage& hooks,
                    const GoPackage& target_package, const FoundFunction& target) {
  auto hook = find_hook(named, hooks);
  const auto& parameters = hook.function->params;
  FittedHook fitted{hook.file, hook.function};
  fitted.takes_call =
      !parameters.empty() && hook_parameter_type(*hook.file, hooks.path, parameters[0]) == hook_type("Call");

  Fitting fitting(named.rule, function_name(*target.function).text(), hooks, hook);
  std::size_t first = fitted.takes_call ? 1 : 0, has = parameters.size() - first;
  auto targets = parameter_slots(target_package, target), results = result_slots(target_package, target);
  bool before = kind == HookKind::Before;
  if (has == 0) return fitted;
  for (std::size_t i = 0; i < has; ++i) fitted.taken.push_back(i);
  bool method = target.function->receiver.has_value();
  if (!named.taken.empty())
    return fit_places(fitting, std::move(fitted), named.taken, before, first, has, targets, results, method);
  if (named.for_functions && has == 1) {
    auto taken = before ? (method ? 1 : 0) : results.size() - 1;
    fitted.taken = {taken};
    auto& shape = before ? fitted.shape.parameters : fitted.shape.results;
    shape = fitting.one_mode(first, before ? targets : results, taken);
    return fitted;
  }
  if (!before && has == results.size()) {
    fitted.shape.results = fitting.modes(first, results, false);
  } else if (has == targets.size() + results.size()) {
    fitted.shape.parameters = fitting.modes(first, targets, false);
    fitted.shape.results = fitting.modes(first + targets.size(), results, before);
  } else if (before && has == targets.size()) {
    fitted.shape.parameters = fitting.modes(first, targets, false);
  } else {
    fitting.throw_count(has, before ? fmt::format("none, {} (receiver and parameters) or {} (and results)",
                                                  targets.size(), targets.size() + results.size())
                                    : fmt::format("none, {} (results) or {} (receiver, parameters, results)",
                                                  results.size(), targets.size() + results.size()));
  }
  return fitted;
}

}  // namespace otel::gocode
