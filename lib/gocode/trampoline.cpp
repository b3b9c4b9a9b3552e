// SPDX-License-Identifier: Apache-2.0
#include "gocode/trampoline.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/returns.h"

#include "gocode/helper_text.h"

namespace otel::gocode {
namespace {

using syntax::Edits;
using syntax::Function;

// Whether any hook takes the i-th entry of a list, and whether as a pointer.
struct Use {
  bool any = false;
  bool pointer = false;
};

Use use_of(const std::vector<const FunctionWeave*>& weaves, std::vector<PassMode> HookShape::*list,
           std::size_t i) {
  Use use;
  auto look = [&](const HookShape& shape) {
    const auto& modes = shape.*list;
    if (i >= modes.size() || modes[i] == PassMode::Omit) return;
    use.any = true;
    use.pointer = use.pointer || modes[i] == PassMode::Pointer;
  };
  for (const auto* weave : weaves) {
    look(weave->before);
    if (weave->after) look(*weave->after);
  }
  return use;
}

bool is_generic(const Function& function) {
  return !function.type_params.empty() || (function.receiver && !function.receiver->type_params.empty());
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
  void store_results();
  std::string results_declaration() const;
  std::string early_return() const;

  // Names one list in the signature where hooks (or `all`) need it; unnamed entries become "_ T" or "name T".
  void name_list(const std::vector<syntax::Parameter>& list, std::vector<PassMode> HookShape::*modes,
                 std::size_t offset, const std::string& stem, bool all, std::vector<Slot>& slots);
  Slot slot_of(const syntax::Parameter& parameter) const {
    return {parameter.name.text, (parameter.variadic ? "[]" : "") + std::string(file_.text(parameter.type)),
            depends_on_type_parameter(file_, function_, parameter.type)};
  }
  std::string stored_names() const;

  const GoFile& file_;
  const Function& function_;
  const std::vector<const FunctionWeave*>& weaves_;
  Edits& edits_;
  const Compilation& compilation_;
  std::vector<Slot> parameters_;  // the receiver first
  std::vector<Slot> results_;
  bool results_named_ = false;   // in the signature, blank counts
  bool results_stored_ = false;  // in variables of ours, assigned at each return
};

void Weaving::name_receiver() {
  if (!function_.receiver) return;
  const auto& receiver = *function_.receiver;
  Slot slot{receiver.name.text, std::string(file_.text(receiver.type)), !receiver.type_params.empty()};
  bool used = use_of(weaves_, &HookShape::parameters, 0).any;
  if (used && !is_written(receiver.name)) {
    slot.name = compilation_.prefix + "_recv";
    if (receiver.name.text == "_")
      edits_.replace(receiver.name.span, slot.name);
    else
      edits_.insert(receiver.type.begin, slot.name + " ");
  }
  parameters_.push_back(slot);
}

void Weaving::name_list(const std::vector<syntax::Parameter>& list, std::vector<PassMode> HookShape::*modes,
                        std::size_t offset, const std::string& stem, bool all, std::vector<Slot>& slots) {
  bool unnamed = !list.empty() && list[0].name.text.empty();
  bool rename = all && unnamed;
  for (std::size_t i = 0; i < list.size(); ++i)
    rename = rename || (use_of(weaves_, modes, i + offset).any && !is_written(list[i].name));
  for (std::size_t i = 0; i < list.size(); ++i) {
    Slot slot = slot_of(list[i]);
    bool used = use_of(weaves_, modes, i + offset).any;
    if (used && !is_written(list[i].name)) slot.name = compilation_.name(stem, i);
    if (rename && unnamed)
      edits_.insert(list[i].name.span.begin, (used ? slot.name : "_") + " ");
    else if (used && list[i].name.text == "_")
      edits_.replace(list[i].name.span, slot.name);
    slots.push_back(slot);
  }
}

void Weaving::name_parameters() {
  name_list(function_.params, &HookShape::parameters, parameters_.size(), "p", false, parameters_);
}

// Results that hooks only read are kept in variables at each return, which leaves the signature (and so the
// package's export data) as it is. Results that hooks change need names in the signature. So do those of
// generic functions: their bodies are export data anyway, and no helper can declare variables of their types.
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
  if (changed || (is_generic(function_) && (read || (!results.empty() && !results_named_)))) {
    if (!function_.results_parenthesised) edits_.insert(function_.results_list.begin, "(");
    name_list(results, &HookShape::results, 0, "r", is_generic(function_), results_);
    if (!function_.results_parenthesised) edits_.insert(function_.results_list.end, ")");
    results_named_ = true;
    return;
  }
  results_stored_ = read;
  for (std::size_t i = 0; i < results.size(); ++i) {
    results_.push_back(slot_of(results[i]));
    if (!is_written(results[i].name)) results_.back().name = compilation_.name("r", i);
  }
}

std::string Weaving::stored_names() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < results_.size(); ++i) names.push_back(compilation_.name("r", i));
  return base::join(names, ", ");
}

// `return a, b` becomes `{ otel_r0, otel_r1 = a, b; return otel_r0, otel_r1 }`.
void Weaving::store_results() {
  auto names = stored_names();
  for (const auto& statement : syntax::returns(file_.tokens, *function_.body)) {
    if (statement.expressions.empty()) continue;
    edits_.insert(statement.statement.begin, "{ ");
    edits_.replace({statement.statement.begin, statement.expressions.begin}, names + " = ");
    edits_.insert(statement.statement.end, fmt::format("; return {} }}", names));
  }
}

std::string Weaving::early_return() const {
  if (results_.empty() || results_named_) return "return";
  if (results_stored_) return "return " + stored_names();
  return fmt::format("return {}_results()", weaves_[0]->symbol);
}

std::string Weaving::results_declaration() const {
  if (results_.empty() || (results_named_ && !results_stored_)) return "";
  std::vector<std::string> results;
  for (std::size_t i = 0; i < results_.size(); ++i)
    results.push_back(compilation_.name("r", i) + " " + results_[i].type);
  return fmt::format("//go:noinline\nfunc {0}_results() ({1}) {{ return }}\n\n", weaves_[0]->symbol,
                     base::join(results, ", "));
}

Declarations Weaving::run() {
  name_receiver();
  name_parameters();
  name_results();
  std::string in_body;
  if (results_stored_) {
    auto names = stored_names();
    std::string blanks = "_";
    for (std::size_t i = 1; i < results_.size(); ++i) blanks += ", _";
    in_body = fmt::format(" {} := {}_results(); {} = {};", names, weaves_[0]->symbol, blanks, names);
    store_results();
  }
  Declarations declarations{results_declaration(), ""};
  if (!declarations.functions.empty())
    declarations.variables = fmt::format("//go:linkname {}_results\n\n", weaves_[0]->symbol);
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
constexpr std::array<std::string_view, 7> kForbidding = {
    "//go:nosplit",           "//go:systemstack",        "//go:nowritebarrier",
    "//go:nowritebarrierrec", "//go:yeswritebarrierrec", "//go:registerparams",
    "//go:cgo_unsafe_args"};

// Below runtime/, but Go code as any other.
constexpr std::array<std::string_view, 5> kOrdinary = {"runtime/debug", "runtime/pprof", "runtime/trace",
                                                       "runtime/metrics", "runtime/coverage"};

// A predeclared name that a package declares again: helpers use some, and types are compared by their names.
// `type any = interface{}`, from before Go 1.18, is what any is.
std::string_view hidden_name(const GoFile& file) {
  std::string_view hidden;
  auto look = [&](std::string_view name) {
    if (name == "nil" || is_predeclared_type(name)) hidden = name;
  };
  const auto& outline = file.outline;
  for (const auto& import : outline.imports)
    look(import.name.empty() ? std::string_view(import.path).substr(import.path.rfind('/') + 1)
                             : std::string_view(import.name));
  for (const auto& decl : outline.types)
    if (decl.name.text != "any" || file.text(decl.type) != "interface{}") look(decl.name.text);
  for (const auto& decl : outline.variables) look(decl.name.text);
  for (const auto& decl : outline.constants) look(decl.name.text);
  for (const auto& function : outline.functions)
    if (!function.receiver) look(function.name.text);
  return hidden;
}

}  // namespace

std::optional<std::string> refuse_function(const GoFile& file, const Function& function) {
  if (!function.body) return "the function has no Go body";
  auto name = function.name.text;
  if (name == "_") return "a function named _ can't be called";
  if (name == "init" && !function.receiver) return "init functions can't have hooks";
  for (auto directive : function.directives) {
    auto text = file.text(directive);
    auto word = text.substr(0, text.find_first_of(" \t"));
    if (std::find(kForbidding.begin(), kForbidding.end(), word) != kForbidding.end())
      return fmt::format("it is {}", word);
  }
  return std::nullopt;
}

std::optional<std::string> refuse_package(const GoPackage& package) {
  for (const auto& file : package.files)
    if (auto hidden = hidden_name(file); !hidden.empty())
      return fmt::format("the package redeclares \"{}\"", hidden);
  return std::nullopt;
}

std::optional<std::string> refuse_go_runtime(const GoPackage& package) {
  if (std::find(kOrdinary.begin(), kOrdinary.end(), package.path) != kOrdinary.end()) return std::nullopt;
  for (std::string_view root :
       {"runtime", "internal/runtime", "internal/abi", "internal/bytealg", "internal/cpu"})
    if (package.path == root || package.path.substr(0, root.size() + 1) == std::string(root) + "/")
      return fmt::format(
          "package {} is part of the Go runtime, where hooks may not run; to weave one function, name it",
          package.path);
  return std::nullopt;
}

Declarations weave_function(const GoFile& file, const Function& function,
                            const std::vector<const FunctionWeave*>& weaves, Edits& edits,
                            const Compilation& compilation) {
  return Weaving(file, function, weaves, edits, compilation).run();
}

}  // namespace otel::gocode
