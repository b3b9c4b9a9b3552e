// SPDX-License-Identifier: Apache-2.0
#include "weave/trampoline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

Use use_of(const std::vector<const FunctionWeave*>& weaves, std::vector<Pass> HookShape::*list, std::size_t i) {
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

bool is_written(const syntax::Name& name) { return !name.text.empty() && name.text != "_"; }

// A function that is being woven: slots with names, and the edits that give names to those that have none.
class Weaving {
 public:
  Weaving(const GoFile& file, const Function& function, const std::vector<const FunctionWeave*>& weaves, Edits& edits)
      : file_(file), function_(function), weaves_(weaves), edits_(edits) {}

  std::string run();

 private:
  void name_receiver();
  void name_parameters();
  void name_results();
  void keep_results();
  std::string entry(const FunctionWeave& weave) const;
  std::string declarations(const FunctionWeave& weave) const;
  std::string helper(const FunctionWeave& weave, bool exit) const;
  std::string results_declaration() const;
  std::string early_return() const;

  // Names one list in the signature; unnamed entries become "_ T" or "name T".
  void name_list(const std::vector<syntax::Parameter>& list, std::vector<Pass> HookShape::*passes, std::size_t offset,
                 const std::string& prefix, std::vector<Slot>& slots);

  const GoFile& file_;
  const Function& function_;
  const std::vector<const FunctionWeave*>& weaves_;
  Edits& edits_;
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
    if (receiver.name.text == "_") edits_.replace(receiver.name.span, slot.name);
    else edits_.insert(receiver.type.begin, slot.name + " ");
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
    if (rename && unnamed) edits_.insert(list[i].name.span.begin, (used ? slot.name : "_") + " ");
    else if (used && list[i].name.text == "_") edits_.replace(list[i].name.span, slot.name);
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

// What a hook's helper is called with: the call, then each slot that the hook takes.
std::string arguments(const HookShape& shape, const std::vector<Slot>& parameters, const std::vector<Slot>& results,
                      bool exit, const std::string& symbol) {
  std::string text = "&" + symbol + "_call";
  for (std::size_t i = 0; i < shape.parameters.size(); ++i) {
    if (shape.parameters[i] == Pass::Omit) continue;
    bool by_address = exit || shape.parameters[i] == Pass::Pointer;
    text += (by_address ? ", &" : ", ") + parameters[i].name;
  }
  for (std::size_t i = 0; i < shape.results.size(); ++i)
    if (shape.results[i] != Pass::Omit) text += ", &" + results[i].name;
  return text;
}

std::string Weaving::entry(const FunctionWeave& weave) const {
  const auto& s = weave.symbol;
  std::string exit;
  if (weave.has_after)
    exit = fmt::format("defer {}_exit({}); ", s, arguments(weave.after, parameters_, results_, true, s));
  return fmt::format(" {0}_call := {0}_zero; if {0}_on() {{ {1}if {0}_enter({2}) {{ {3} }} }};", s, exit,
                     arguments(weave.before, parameters_, results_, false, s), early_return());
}

// The types of a helper's parameters, of the hook variable, and what the helper passes on.
struct HelperText {
  std::string parameters;
  std::string variable;
  std::string passed;
  std::string keep;
};

void add_slot(HelperText& text, std::size_t index, const std::string& type, Pass pass, bool by_address) {
  auto name = fmt::format("otel_a{}", index);
  text.parameters += fmt::format(", {} {}{}", name, by_address ? "*" : "", type);
  std::string value = (by_address ? "*" : "") + name;
  if (pass == Pass::Value) {
    text.variable += ", " + type;
    text.passed += ", " + value;
  } else if (pass == Pass::Boxed) {
    text.variable += ", interface{}";
    text.passed += fmt::format(", interface{{}}({})", value);
  } else {
    text.variable += ", *" + type;
    text.passed += fmt::format(", (*{0})({1}.Pointer(uintptr({1}.Pointer({2})) ^ 0))", type, kUnsafe, name);
    // Hides the slot, not what is in it: that may be kept by the hook and must escape.
    text.keep += fmt::format("\tif {{keep}} != nil {{ {{keep}} = *{} }}\n", name);
  }
}

HelperText helper_text(const HookShape& shape, const std::vector<Slot>& parameters, const std::vector<Slot>& results,
                       bool exit) {
  HelperText text;
  std::size_t index = 0;
  for (std::size_t i = 0; i < shape.parameters.size(); ++i)
    if (shape.parameters[i] != Pass::Omit)
      add_slot(text, index++, parameters[i].type, shape.parameters[i], exit || shape.parameters[i] == Pass::Pointer);
  for (std::size_t i = 0; i < shape.results.size(); ++i)
    if (shape.results[i] != Pass::Omit) add_slot(text, index++, results[i].type, shape.results[i], true);
  return text;
}

constexpr std::string_view kCallType = "struct {{ function {}.Pointer; data interface{{}}; flags uintptr }}";

std::string Weaving::helper(const FunctionWeave& weave, bool exit) const {
  const auto& s = weave.symbol;
  auto text = helper_text(exit ? weave.after : weave.before, parameters_, results_, exit);
  auto variable = fmt::format("{}_{}", s, exit ? "after" : "before");
  std::string declaration =
      fmt::format("//go:linkname {0}\nvar {0} func({1}.Pointer{2})\n\n", variable, kUnsafe, text.variable);
  auto name = fmt::format("{}_{}", s, exit ? "exit" : "enter");
  declaration += fmt::format("//go:linkname {0}\n//go:noinline\n//go:norace\n//go:nocheckptr\nfunc {0}(otel_c *{1}{2}){3} {{\n",
                             name, fmt::format(fmt::runtime(kCallType), kUnsafe), text.parameters, exit ? "" : " bool");
  declaration += base::replace_all(text.keep, "{keep}", s + "_keep");
  if (exit) declaration += fmt::format("\tif {} == nil {{ return }}\n", variable);
  declaration += fmt::format("\t{0}({1}.Pointer(uintptr({1}.Pointer(otel_c)) ^ 0){2})\n", variable, kUnsafe, text.passed);
  if (!exit) declaration += "\treturn otel_c.flags&1 != 0\n";
  return declaration + "}\n\n";
}

std::string Weaving::declarations(const FunctionWeave& weave) const {
  const auto& s = weave.symbol;
  auto text = fmt::format("//go:linkname {0}_zero\nvar {0}_zero {1}\n\n", s,
                          fmt::format(fmt::runtime(kCallType), kUnsafe));
  text += fmt::format("//go:linkname {0}_on\n//go:norace\nfunc {0}_on() bool {{ return {0}_before != nil }}\n\n", s);
  text += helper(weave, false);
  if (weave.has_after) text += helper(weave, true);
  if (text.find(s + "_keep") != std::string::npos)
    text += fmt::format("//go:linkname {0}_keep\nvar {0}_keep interface{{}}\n\n", s);
  return text;
}

std::string Weaving::results_declaration() const {
  if (results_.empty() || (results_named_ && !results_kept_)) return "";
  std::vector<std::string> results;
  for (std::size_t i = 0; i < results_.size(); ++i) results.push_back(fmt::format("otel_r{} {}", i, results_[i].type));
  return fmt::format("//go:linkname {0}_results\n//go:noinline\nfunc {0}_results() ({1}) {{ return }}\n\n",
                     weaves_[0]->symbol, base::join(results, ", "));
}

std::string Weaving::run() {
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
  std::string appended = results_declaration();
  for (const auto* weave : weaves_) {
    in_body += entry(*weave);
    appended += declarations(*weave);
  }
  edits_.insert(function_.body->open + 1, in_body);
  return appended;
}

// Directives under which a call and a defer at entry would break what the directive promises.
constexpr std::array<std::string_view, 6> kForbidding = {"//go:nosplit",         "//go:systemstack",
                                                         "//go:nowritebarrier",  "//go:nowritebarrierrec",
                                                         "//go:yeswritebarrierrec", "//go:registerparams"};

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

std::string weave_function(const GoFile& file, const Function& function,
                           const std::vector<const FunctionWeave*>& weaves, Edits& edits) {
  return Weaving(file, function, weaves, edits).run();
}

}  // namespace otel::weave
