// SPDX-License-Identifier: Apache-2.0
#include "weave/glue.h"

#include <fmt/format.h>
#include <map>

#include "base/text.h"

namespace otel::weave {
namespace {

using plan::Pass;
using syntax::TokenKind;

// Everything of one hook that the glue spells out.
struct Side {
  std::string variable_type;  // "func(call *otelhook.Call, a0 http.ResponseWriter)"
  std::string call;           // "otelhooks.BeforeServe(call, nil, a0)"
};

// Imports of the glue file: local name (empty where the hook's file gives none) and path.
using Imports = std::map<std::string, std::string>;  // path to name

// The imports of the hook's file that a type of its uses.
void add_imports(const GoFile& file, syntax::Span type, Imports& imports) {
  const auto& tokens = file.tokens;
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (tokens[at].begin < type.begin || tokens[at].end > type.end) continue;
    if (!tokens[at].is(TokenKind::Identifier) || !tokens[at + 1].is(TokenKind::Period)) continue;
    if (const auto* import = find_import(file.outline, file.text(tokens.span(at))))
      imports[import->path] = import->name;
  }
}

// Hooks name their own package's types without a qualifier; in the glue they need one.
std::string glue_type(const GoFile& file, const std::string& hooks, syntax::Span type) {
  std::string text(file.text(type));
  auto own = fmt::format("\"{}\".", hooks);
  bool has_own = canonical_type(file, hooks, type).find(own) != std::string::npos;
  if (!has_own) return text;
  std::string qualified;
  const auto& tokens = file.tokens;
  std::size_t copied = type.begin;
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    if (tokens[at].begin < type.begin || tokens[at].end > type.end) continue;
    bool bare = tokens[at].is(TokenKind::Identifier) && !tokens[at - 1].is(TokenKind::Period) &&
                !(at + 1 < tokens.size() && tokens[at + 1].is(TokenKind::Period));
    if (!bare || canonical_type(file, hooks, tokens.span(at)).substr(0, own.size()) != own) continue;
    qualified += file.text({copied, tokens[at].begin});
    qualified += "otelhooks.";
    copied = tokens[at].begin;
  }
  return qualified + std::string(file.text({copied, type.end}));
}

Side make_side(const FittedHook& hook, const std::string& hooks, Imports& imports) {
  std::vector<std::string> declared = {"call *otelhook.Call"}, passed;
  if (hook.takes_call) passed.push_back("call");
  std::vector<Pass> passes = hook.shape.parameters;
  passes.insert(passes.end(), hook.shape.results.begin(), hook.shape.results.end());
  for (std::size_t i = 0; i < passes.size(); ++i) {
    if (passes[i] == Pass::Omit) {
      passed.push_back("nil");
      continue;
    }
    const auto& parameter = hook.function->params[i + (hook.takes_call ? 1 : 0)];
    add_imports(*hook.file, parameter.type, imports);
    declared.push_back(fmt::format("a{} {}", i, glue_type(*hook.file, hooks, parameter.type)));
    passed.push_back(fmt::format("a{}", i));
  }
  return {fmt::format("func({})", base::join(declared, ", ")),
          fmt::format("otelhooks.{}({})", hook.function->name.text, base::join(passed, ", "))};
}

std::string render_imports(const std::string& hooks, const Imports& imports) {
  std::string text =
      fmt::format("import (\n\totelhook \"{}\"\n\totelhooks \"{}\"\n\t_ \"unsafe\"\n", kHookPackage, hooks);
  for (const auto& [path, name] : imports)
    text += fmt::format("\t{}{}\"{}\"\n", name, name.empty() ? "" : " ", path);
  return text + "\n\t_ \"otel.runtime/start\"\n)\n\n";
}

std::string render_setting(const plan::FunctionWeave& weave, std::string_view moment, const Side& side,
                           const std::string& enter, const std::string& hook_name) {
  return fmt::format(
      "\t{0}_{1} = {2} {{\n{3}\t\tdefer otelhook.Contain(\"{4}\", \"{5}\")\n\t\t{6}\n{7}\t}}\n", weave.symbol,
      moment, side.variable_type, enter, weave.rule, hook_name, side.call,
      enter.empty() ? "" : "\t\treturn\n");
}

std::string render_variable(const plan::FunctionWeave& weave, std::string_view moment,
                            const std::string& target, const std::string& type) {
  return fmt::format("//go:linkname {0}_{1} {2}.{0}_{1}\nvar {0}_{1} {3}\n\n", weave.symbol, moment, target,
                     type);
}

}  // namespace

std::string render_glue(const std::string& package_name, const std::string& target_package,
                        const plan::FunctionWeave& weave, const std::string& hooks, const GlueHooks& fitted) {
  Imports imports;
  // Without a before hook there is still something to do at entry: to say which function it is.
  Side before{"func(call *otelhook.Call)", ""};
  if (fitted.before) before = make_side(*fitted.before, hooks, imports);
  // A hook that panics must still leave the code of the exit behind, so it is a named result, set first.
  before.variable_type += " (code uintptr)";
  std::string variables = render_variable(weave, "before", target_package, before.variable_type), settings;
  if (fitted.after) {
    auto after = make_side(*fitted.after, hooks, imports);
    variables += render_variable(weave, "after", target_package, after.variable_type);
    settings += render_setting(weave, "after", after, "", fitted.after->function->name.text);
  }
  auto enter = fmt::format("\t\tcode = otelhook.Enter(call, &{}_function)\n", weave.symbol);
  // The before variable is set last: it is the one that the woven function looks at.
  if (fitted.before)
    settings += render_setting(weave, "before", before, enter, fitted.before->function->name.text);
  else
    settings +=
        fmt::format("\t{}_before = {} {{\n{}\t\treturn\n\t}}\n", weave.symbol, before.variable_type, enter);

  auto receiver = (weave.function.pointer ? "*" : "") + weave.function.receiver;
  imports.erase(std::string(kHookPackage));
  imports.erase(hooks);
  return fmt::format(
      "// Code generated by otel. DO NOT EDIT.\n\npackage {}\n\n{}"
      "var {}_function = otelhook.Function{{Package: \"{}\", Receiver: \"{}\", Name: \"{}\"}}\n\n"
      "{}func init() {{\n{}}}\n",
      package_name, render_imports(hooks, imports), weave.symbol, target_package, receiver,
      weave.function.name, variables, settings);
}

}  // namespace otel::weave
