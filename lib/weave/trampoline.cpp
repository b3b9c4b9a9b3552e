// SPDX-License-Identifier: Apache-2.0
#include "weave/trampoline.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/returns.h"

namespace otel::weave {
namespace {

using plan::FunctionWeave;
using plan::HookShape;
using plan::Pass;
using syntax::Edits;
using syntax::Function;

// One receiver, parameter or result: how the body refers to it and what its type is.
struct Slot {
  std::string name;  // usable in the body; empty if nothing refers to it
  std::string type;
};

// Whether any hook takes the i-th entry of a list, and whether as a pointer.
struct Use {
  bool any = false;
  bool pointer = false;
};

Use use_of(const std::vector<const FunctionWeave*>& weaves, std::vector<Pass> HookShape::*list,
           std::size_t i) {
  Use use;
  auto look = [&](const HookShape& shape) {
    const auto& passes = shape.*list;
    if (i >= passes.size() || passes[i] == Pass::Omit) return;
    use.any = true;
    use.pointer = use.pointer || passes[i] == Pass::Pointer;
  };
  for (const auto* weave : weaves) {
    look(weave->before);
    if (weave->has_after) look(weave->after);
  }
  return use;
}

bool is_written(const syntax::Name& name) {
  return !name.text.empty() && name.text != "_";
}

// A function that is being woven: slots with names, and the edits that give names to those that have none.
class Weaving {
 public:
  Weaving(const GoFile& file, const Function& function, const std::vector<const FunctionWeave*>& weaves,
          Edits& edits, const Compilation& compilation)
      : file_(file), function_(function), weaves_(weaves), edits_(edits), compilation_(compilation) {}

  Declarations run();

 private:
  void name_receiver();
  void name_parameters();
  void name_results();
  void keep_results();
  std::string results_declaration() const;
  std::string early_return() const;

  // Names one list in the signature; unnamed entries become "_ T" or "name T".
  void name_list(const std::vector<syntax::Parameter>& list, std::vector<Pass> HookShape::*passes,
                 std::size_t offset, const std::string& prefix, std::vector<Slot>& slots);

  const GoFile& file_;
  const Function& function_;
  const std::vector<const FunctionWeave*>& weaves_;
  Edits& edits_;
  const Compilation& compilation_;
  std::vector<Slot> parameters_;  // the receiver first
  std::vector<Slot> results_;
  bool results_named_ = false;  // in the signature, blank counts
  bool results_kept_ = false;   // in variables of ours, assigned at each return
};

std::string type_text(const GoFile& file, const syntax::Parameter& parameter) {
  return (parameter.variadic ? "[]" : "") + std::string(file.text(parameter.type));
}

void Weaving::name_receiver() {
  if (!function_.receiver) return;
  const auto& receiver = *function_.receiver;
  Slot slot{receiver.name.text, std::string(file_.text(receiver.type))};
  bool used = use_of(weaves_, &HookShape::parameters, 0).any;
  if (used && !is_written(receiver.name)) {
    slot.name = "otel_recv";
    if (receiver.name.text == "_")
      edits_.replace(receiver.name.span, slot.name);
    else
      edits_.insert(receiver.type.begin, slot.name + " ");
  }
  parameters_.push_back(slot);
}

void Weaving::name_list(const std::vector<syntax::Parameter>& list, std::vector<Pass> HookShape::*passes,
                        std::size_t offset, const std::string& prefix, std::vector<Slot>& slots) {
  bool unnamed = !list.empty() && list[0].name.text.empty();
  bool rename = false;
  for (std::size_t i = 0; i < list.size(); ++i)
    rename = rename || (use_of(weaves_, passes, i + offset).any && !is_written(list[i].name));
  for (std::size_t i = 0; i < list.size(); ++i) {
    Slot slot{list[i].name.text, type_text(file_, list[i])};
    bool used = use_of(weaves_, passes, i + offset).any;
    if (used && !is_written(list[i].name)) slot.name = fmt::format("{}{}", prefix, i);
    if (rename && unnamed)
      edits_.insert(list[i].name.span.begin, (used ? slot.name : "_") + " ");
    else if (used && list[i].name.text == "_")
      edits_.replace(list[i].name.span, slot.name);
    slots.push_back(slot);
  }
}

void Weaving::name_parameters() {
  name_list(function_.params, &HookShape::parameters, parameters_.size(), "otel_p", parameters_);
}

// Results that hooks only read are kept in variables at each return, which leaves the signature (and so the
// package's export data) as it is. Results that hooks change need names in the signature.
void Weaving::name_results() {
  const auto& results = function_.results;
  bool read = false, changed = false;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (is_written(results[i].name)) continue;
    auto use = use_of(weaves_, &HookShape::results, i);
    read = read || use.any;
    changed = changed || use.pointer;
  }
  results_named_ = !results.empty() && !results[0].name.text.empty();
  if (changed) {
    if (!function_.results_parenthesised) edits_.insert(function_.results_list.begin, "(");
    name_list(results, &HookShape::results, 0, "otel_r", results_);
    if (!function_.results_parenthesised) edits_.insert(function_.results_list.end, ")");
    results_named_ = true;
    return;
  }
  results_kept_ = read;
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::string name = is_written(results[i].name) ? results[i].name.text : fmt::format("otel_r{}", i);
    results_.push_back({name, type_text(file_, results[i])});
  }
}

std::string kept_names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(fmt::format("otel_r{}", i));
  return base::join(names, ", ");
}

// `return a, b` becomes `{ otel_r0, otel_r1 = a, b; return otel_r0, otel_r1 }`.
void Weaving::keep_results() {
  auto names = kept_names(results_.size());
  for (const auto& statement : syntax::returns(file_.tokens, *function_.body)) {
    if (statement.expressions.empty()) continue;
    edits_.insert(statement.statement.begin, "{ ");
    edits_.replace({statement.statement.begin, statement.expressions.begin}, names + " = ");
    edits_.insert(statement.statement.end, fmt::format("; return {} }}", names));
  }
}

std::string Weaving::early_return() const {
  if (results_.empty() || results_named_) return "return";
  if (results_kept_) return "return " + kept_names(results_.size());
  return fmt::format("return {}_results()", weaves_[0]->symbol);
}

// Slots that a hook takes, in the order of its parameters: receiver and parameters, then results.
struct TakenSlot {
  const Slot* slot;
  Pass pass;
  bool by_address;  // handed to the helper as an address
};

std::vector<TakenSlot> taken_slots(const HookShape& shape, const std::vector<Slot>& parameters,
                                   const std::vector<Slot>& results, bool at_exit) {
  std::vector<TakenSlot> taken;
  for (std::size_t i = 0; i < shape.parameters.size(); ++i)
    if (shape.parameters[i] != Pass::Omit)
      taken.push_back({&parameters[i], shape.parameters[i], at_exit || shape.parameters[i] == Pass::Pointer});
  for (std::size_t i = 0; i < shape.results.size(); ++i)
    if (shape.results[i] != Pass::Omit) taken.push_back({&results[i], shape.results[i], true});
  return taken;
}

// Everything that one weave adds, derived from what its hooks take.
class HelperText {
 public:
  HelperText(const FunctionWeave& weave, const std::vector<Slot>& parameters,
             const std::vector<Slot>& results, const Compilation& compilation)
      : symbol_(weave.symbol),
        compilation_(compilation),
        has_after_(weave.has_after),
        before_(taken_slots(weave.before, parameters, results, false)),
        after_(weave.has_after ? taken_slots(weave.after, parameters, results, true)
                               : std::vector<TakenSlot>{}) {}

  std::string entry(const std::string& early_return) const;
  std::string functions() const;
  std::string variables() const;

 private:
  std::string call_type() const;
  std::string hook_type(const std::vector<TakenSlot>& taken, std::string_view result) const;
  std::string call_hook(std::string_view moment, const std::string& type, const std::string& passed) const;
  std::string enter() const;
  std::string exit() const;

  std::string symbol_;
  const Compilation& compilation_;
  bool has_after_;
  std::vector<TakenSlot> before_;
  std::vector<TakenSlot> after_;
};

// `x_call := x_zero; if x_before != x_call.self { defer x_enter(&x_call, …)(); if x_call.flags&1 != 0 {
// return } };` A deferred call without arguments needs no wrapper from the compiler, which would be a symbol
// that shifts others.
std::string HelperText::entry(const std::string& early_return) const {
  std::string arguments = "&" + symbol_ + "_call";
  for (const auto& taken : after_) arguments += ", &" + taken.slot->name;
  for (const auto& taken : before_) arguments += (taken.by_address ? ", &" : ", ") + taken.slot->name;
  return fmt::format(
      " {0}_call := {0}_zero; if {0}_{5} {{ {1}{0}_enter({2}){3}; if {0}_call.flags&1 != 0 {{ {4} }} }};",
      symbol_, has_after_ ? "defer " : "", arguments, has_after_ ? "()" : "", early_return,
      compilation_.race_detector ? "on()" : fmt::format("before != {}_call.self", symbol_));
}

// The layout of hook.Call, with the addresses of what the after hook takes behind it.
std::string HelperText::call_type() const {
  return fmt::format(
      "struct {{ code uintptr; self {0}.Pointer; exit func({0}.Pointer); function {0}.Pointer; data "
      "interface{{}}; "
      "flags uintptr; slots [{1}]{0}.Pointer }}",
      kUnsafe, after_.size());
}

// The type of a hook variable. Its declaration has none of the file's imports, so it holds a func value as
// the one pointer that it is.
std::string HelperText::hook_type(const std::vector<TakenSlot>& taken, std::string_view result) const {
  std::string types;
  for (const auto& [slot, pass, by_address] : taken)
    types += pass == Pass::Boxed ? ", interface{}" : (pass == Pass::Pointer ? ", *" : ", ") + slot->type;
  return fmt::format("func({}.Pointer{}){}", kUnsafe, types, result);
}

// Calls of the hook in a variable.
std::string HelperText::call_hook(std::string_view moment, const std::string& type,
                                  const std::string& passed) const {
  return fmt::format("(*(*{0})({1}.Pointer(&{2}_{3})))(otel_p{4})", type, kUnsafe, symbol_, moment, passed);
}

constexpr std::string_view kPragmas = "//go:noinline\n//go:norace\n//go:nocheckptr\n";

// Statements that give `name` an address without the compiler's knowledge that it is one: what it points to
// may stay on the stack. The detour needs a variable: escape analysis sees through an expression
// (cmd/compile's unsafeValue).
std::string hide(const std::string& name, const std::string& address) {
  return fmt::format("\totel_h = uintptr({1}.Pointer({2}))\n\t{0}= {1}.Pointer(otel_h ^ 0)\n", name, kUnsafe,
                     address);
}

std::string HelperText::enter() const {
  std::string parameters, body, passed, kept;
  // Hiding covers the slot, not what is in it: that may be kept by a hook, so it must escape.
  auto keep = [&](const std::string& name) {
    kept += fmt::format("\tif {0}_keep != nil {{ {0}_keep = *{1} }}\n", symbol_, name);
  };
  for (std::size_t i = 0; i < after_.size(); ++i) {
    parameters += fmt::format(", otel_s{} *{}", i, after_[i].slot->type);
    body += hide(fmt::format("otel_c.slots[{}] ", i), fmt::format("otel_s{}", i));
    keep(fmt::format("otel_s{}", i));
  }
  for (std::size_t i = 0; i < before_.size(); ++i) {
    auto name = fmt::format("otel_a{}", i);
    const auto& [slot, pass, by_address] = before_[i];
    parameters += fmt::format(", {} {}{}", name, by_address ? "*" : "", slot->type);
    if (by_address) keep(name);
    if (pass == Pass::Pointer) body += hide(fmt::format("otel_b{} :", i), name);
    passed += pass == Pass::Pointer ? fmt::format(", (*{})(otel_b{})", slot->type, i)
              : pass == Pass::Boxed ? fmt::format(", interface{{}}({})", name)
                                    : ", " + name;
  }
  if (has_after_) body += fmt::format("\totel_c.exit = {}_exit\n", symbol_);
  auto call = call_hook("before", hook_type(before_, " uintptr"), passed);
  return fmt::format(
      "//go:linkname {0}_enter\n{1}func {0}_enter(otel_c *{2}{3}) func() {{\n\tvar otel_h uintptr\n{4}{5}"
      "\totel_c.self = otel_p\n{6}\totel_c.code = {7}\n\treturn *(*func())({8}.Pointer(&otel_p))\n}}\n\n",
      symbol_, kPragmas, call_type(), parameters, kept, hide("otel_p :", "otel_c"), body, call, kUnsafe);
}

std::string HelperText::exit() const {
  std::string passed;
  for (std::size_t i = 0; i < after_.size(); ++i) {
    const auto& [slot, pass, by_address] = after_[i];
    auto pointer = fmt::format("(*{})(otel_c.slots[{}])", slot->type, i);
    passed += pass == Pass::Pointer ? ", " + pointer
              : pass == Pass::Boxed ? fmt::format(", interface{{}}(*{})", pointer)
                                    : ", *" + pointer;
  }
  auto call = call_hook("after", hook_type(after_, ""), passed);
  return fmt::format(
      "//go:linkname {0}_exit\n{1}func {0}_exit(otel_p {2}.Pointer) {{\n\totel_c := (*{3})(otel_p)\n\t_ = "
      "otel_c\n"
      "\tif {0}_after != nil {{ {4} }}\n}}\n\n",
      symbol_, kPragmas, kUnsafe, call_type(), call);
}

std::string HelperText::functions() const {
  std::string text;
  if (compilation_.race_detector)
    text = fmt::format(
        "//go:linkname {0}_on\n//go:norace\nfunc {0}_on() bool {{ return {0}_before != nil }}\n\n", symbol_);
  if (has_after_) text += exit();
  return text + enter();
}

std::string HelperText::variables() const {
  std::string text;
  auto declare = [&](std::string_view name, std::string_view symbol, std::string_view type) {
    text += fmt::format("//go:linkname {0}_{1}{2}\nvar {0}_{1} {3}\n\n", symbol_, name, symbol, type);
  };
  // The glue shares these under the import path: "main" would not tell one main package from another.
  auto declare_hook = [&](std::string_view name) {
    declare(name, fmt::format(" {}.{}_{}", compilation_.package, symbol_, name),
            fmt::format("{}.Pointer", kUnsafe));
  };
  declare("zero", "", call_type());
  declare_hook("before");
  if (has_after_) declare_hook("after");
  if (functions().find(symbol_ + "_keep") != std::string::npos) declare("keep", "", "interface{}");
  return text;
}

std::string Weaving::results_declaration() const {
  if (results_.empty() || (results_named_ && !results_kept_)) return "";
  std::vector<std::string> results;
  for (std::size_t i = 0; i < results_.size(); ++i)
    results.push_back(fmt::format("otel_r{} {}", i, results_[i].type));
  return fmt::format("//go:linkname {0}_results\n//go:noinline\nfunc {0}_results() ({1}) {{ return }}\n\n",
                     weaves_[0]->symbol, base::join(results, ", "));
}

Declarations Weaving::run() {
  name_receiver();
  name_parameters();
  name_results();
  std::string in_body;
  if (results_kept_) {
    auto names = kept_names(results_.size());
    std::string blanks = "_";
    for (std::size_t i = 1; i < results_.size(); ++i) blanks += ", _";
    in_body = fmt::format(" {} := {}_results(); {} = {};", names, weaves_[0]->symbol, blanks, names);
    keep_results();
  }
  Declarations declarations{results_declaration(), ""};
  for (const auto* weave : weaves_) {
    HelperText text(*weave, parameters_, results_, compilation_);
    in_body += text.entry(early_return());
    declarations.functions += text.functions();
    declarations.variables += text.variables();
  }
  edits_.insert(function_.body->open + 1, in_body);
  return declarations;
}

// Directives under which a call and a defer at entry would break what the directive promises.
constexpr std::array<std::string_view, 6> kForbidding = {
    "//go:nosplit",           "//go:systemstack",        "//go:nowritebarrier",
    "//go:nowritebarrierrec", "//go:yeswritebarrierrec", "//go:registerparams"};

}  // namespace

std::optional<std::string> refuse_function(const GoFile& file, const Function& function) {
  if (!function.body) return "it has no body in Go";
  if (!function.type_params.empty()) return "it is generic";
  if (function.receiver && !function.receiver->type_params.empty()) return "its receiver is generic";
  for (auto directive : function.directives) {
    auto text = file.text(directive);
    auto word = text.substr(0, text.find_first_of(" \t"));
    if (std::find(kForbidding.begin(), kForbidding.end(), word) != kForbidding.end())
      return fmt::format("it is {}", word);
  }
  return std::nullopt;
}

Declarations weave_function(const GoFile& file, const Function& function,
                            const std::vector<const FunctionWeave*>& weaves, Edits& edits,
                            const Compilation& compilation) {
  return Weaving(file, function, weaves, edits, compilation).run();
}

}  // namespace otel::weave
