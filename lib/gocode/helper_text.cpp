// SPDX-License-Identifier: Apache-2.0
#include "gocode/helper_text.h"

#include <fmt/format.h>

namespace otel::gocode {
namespace {

// Slots that a hook takes, in the order of its parameters: receiver and parameters, then results.
std::vector<TakenSlot> taken_slots(const HookShape& shape, const std::vector<Slot>& parameters,
                                   const std::vector<Slot>& results, bool at_exit) {
  std::vector<TakenSlot> taken;
  for (std::size_t i = 0; i < shape.parameters.size(); ++i)
    if (shape.parameters[i] != PassMode::Omit)
      taken.push_back(
          {&parameters[i], shape.parameters[i], at_exit || shape.parameters[i] == PassMode::Pointer});
  for (std::size_t i = 0; i < shape.results.size(); ++i)
    if (shape.results[i] != PassMode::Omit) taken.push_back({&results[i], shape.results[i], true});
  return taken;
}

constexpr std::string_view kPragmas = "//go:noinline\n//go:norace\n//go:nocheckptr\n";

}  // namespace

HelperText::HelperText(const FunctionWeave& weave, const std::vector<Slot>& parameters,
                       const std::vector<Slot>& results, const Compilation& compilation)
    : symbol_(weave.symbol),
      compilation_(compilation),
      prefix_(compilation.prefix),
      pointer_(compilation.pointer()),
      has_after_(weave.after.has_value()),
      before_(taken_slots(weave.before, parameters, results, false)),
      after_(weave.after ? taken_slots(*weave.after, parameters, results, true) : std::vector<TakenSlot>{}) {}

// `x_call := x_zero; if x_before != x_call.self { defer x_enter(&x_call, …)(); if x_call.flags&1 != 0 {
// return } };` A deferred call without arguments needs no wrapper from the compiler, which would be a symbol
// that shifts others.
std::string HelperText::entry(const std::string& early_return) const {
  std::string arguments = "&" + symbol_ + "_call";
  for (const auto& [slot, mode, by_address] : after_)
    arguments += slot->generic ? fmt::format(", func() interface{{}} {{ return {} }}", slot->name)
                               : ", &" + slot->name;
  for (const auto& [slot, mode, by_address] : before_) arguments += (by_address ? ", &" : ", ") + slot->name;
  return fmt::format(
      " {0}_call := {0}_zero; if {0}_{5} {{ {1}{0}_enter({2}){3}; if {0}_call.flags&1 != 0 {{ {4} }} }};",
      symbol_, has_after_ ? "defer " : "", arguments, has_after_ ? "()" : "", early_return,
      compilation_.race_detector ? "on()" : fmt::format("before != {}_call.self", symbol_));
}

// The layout of hook.Call, with the addresses of what the after hook takes after it.
std::string HelperText::call_type() const {
  return fmt::format(
      "struct {{ code uintptr; self {0}; exit func({0}); function {0}; data "
      "interface{{}}; "
      "flags uintptr; slots [{1}]{0} }}",
      pointer_, after_.size());
}

// The type of a hook variable. Its declaration has none of the file's imports, so it holds a func value as
// the one pointer that it is.
std::string HelperText::hook_type(const std::vector<TakenSlot>& taken, std::string_view result) const {
  std::string types;
  for (const auto& [slot, mode, by_address] : taken)
    types +=
        mode == PassMode::Boxed ? ", interface{}" : (mode == PassMode::Pointer ? ", *" : ", ") + slot->type;
  return fmt::format("func({}{}){}", pointer_, types, result);
}

// Calls of the hook in a variable.
std::string HelperText::call_hook(std::string_view kind, const std::string& type,
                                  const std::string& passed) const {
  return fmt::format("(*(*{0})({1}(&{2}_{3})))({5}_p{4})", type, pointer_, symbol_, kind, passed, prefix_);
}

// Statements that give `name` an address without the compiler's knowledge that it is one: what it points to
// may stay on the stack. The detour needs a variable: escape analysis sees through an expression
// (cmd/compile's unsafeValue).
std::string HelperText::hide(const std::string& name, const std::string& address) const {
  return fmt::format("\t{3}_h = uintptr({1}({2}))\n\t{0}= {1}({3}_h ^ 0)\n", name, pointer_, address,
                     prefix_);
}

std::string HelperText::enter() const {
  std::string parameters, body, passed, kept;
  // Hiding covers the slot, not what is in it: that may be kept by a hook, so it must escape.
  auto keep = [&](const std::string& name) {
    kept += fmt::format("\tif {0}_keep != nil {{ {0}_keep = *{1} }}\n", symbol_, name);
  };
  for (std::size_t i = 0; i < after_.size(); ++i) {
    auto name = compilation_.name("s", i), stored_as = fmt::format("{}_c.slots[{}] ", prefix_, i);
    if (after_[i].slot->generic) {
      parameters += fmt::format(", {} func() interface{{}}", name);
      body += hide(stored_as, fmt::format("*(*{0})({0}(&{1}))", pointer_, name));
      continue;
    }
    parameters += fmt::format(", {} *{}", name, after_[i].slot->type);
    body += hide(stored_as, name);
    keep(name);
  }
  for (std::size_t i = 0; i < before_.size(); ++i) {
    auto name = compilation_.name("a", i), hidden = compilation_.name("b", i);
    const auto& [slot, mode, by_address] = before_[i];
    if (slot->generic) {
      parameters += fmt::format(", {} interface{{}}", name);
      passed += ", " + name;
      continue;
    }
    parameters += fmt::format(", {} {}{}", name, by_address ? "*" : "", slot->type);
    if (by_address) keep(name);
    if (mode == PassMode::Pointer) body += hide(hidden + " :", name);
    passed += mode == PassMode::Pointer ? fmt::format(", (*{})({})", slot->type, hidden)
              : mode == PassMode::Boxed ? fmt::format(", interface{{}}({})", name)
                                        : ", " + name;
  }
  if (has_after_) body += fmt::format("\t{1}_c.exit = {0}_exit\n", symbol_, prefix_);
  auto call = call_hook("before", hook_type(before_, " uintptr"), passed);
  return fmt::format(
      "{1}func {0}_enter({9}_c *{2}{3}) func() {{\n\tvar {9}_h uintptr\n{4}{5}"
      "\t{9}_c.self = {9}_p\n{6}\t{9}_c.code = {7}\n\treturn *(*func())({8}(&{9}_p))\n}}\n\n",
      symbol_, kPragmas, call_type(), parameters, kept, hide(prefix_ + "_p :", prefix_ + "_c"), body, call,
      pointer_, prefix_);
}

std::string HelperText::exit() const {
  std::string passed;
  for (std::size_t i = 0; i < after_.size(); ++i) {
    const auto& [slot, mode, by_address] = after_[i];
    if (slot->generic) {
      passed += fmt::format(", (*(*func() interface{{}})({0}(&{1}_c.slots[{2}])))()", pointer_, prefix_, i);
      continue;
    }
    auto pointer = fmt::format("(*{})({}_c.slots[{}])", slot->type, prefix_, i);
    passed += mode == PassMode::Pointer ? ", " + pointer
              : mode == PassMode::Boxed ? fmt::format(", interface{{}}(*{})", pointer)
                                        : ", *" + pointer;
  }
  auto call = call_hook("after", hook_type(after_, ""), passed);
  return fmt::format(
      "{1}func {0}_exit({5}_p {2}) {{\n\t{5}_c := (*{3})({5}_p)\n\t_ = "
      "{5}_c\n"
      "\tif {0}_after != nil {{ {4} }}\n}}\n\n",
      symbol_, kPragmas, pointer_, call_type(), call, prefix_);
}

std::string HelperText::functions() const {
  std::string text;
  if (compilation_.race_detector)
    text = fmt::format("//go:norace\nfunc {0}_on() bool {{ return {0}_before != nil }}\n\n", symbol_);
  if (has_after_) text += exit();
  return text + enter();
}

std::string HelperText::variables() const {
  std::string text;
  if (compilation_.race_detector) text += fmt::format("//go:linkname {}_on\n", symbol_);
  if (has_after_) text += fmt::format("//go:linkname {}_exit\n", symbol_);
  text += fmt::format("//go:linkname {}_enter\n\n", symbol_);
  auto declare = [&](std::string_view name, std::string_view symbol, std::string_view type) {
    text += fmt::format("//go:linkname {0}_{1}{2}\nvar {0}_{1} {3}\n\n", symbol_, name, symbol, type);
  };
  // The glue shares these under the import path: "main" would be the same for all main packages.
  auto declare_hook = [&](std::string_view name) {
    declare(name, fmt::format(" {}.{}_{}", compilation_.package, symbol_, name), pointer_);
  };
  declare("zero", "", call_type());
  declare_hook("before");
  if (has_after_) declare_hook("after");
  if (functions().find(symbol_ + "_keep") != std::string::npos) declare("keep", "", "interface{}");
  return text;
}

}  // namespace otel::gocode
