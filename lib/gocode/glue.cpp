// SPDX-License-Identifier: Apache-2.0
#include "gocode/glue.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/text.h"

namespace otel::gocode {
namespace {

using syntax::TokenKind;

// Everything of one hook that the glue spells out.
struct Side {
  std::string variable_type;  // "func(call *otelhook.Call, a0 http.ResponseWriter)"
  std::string call;           // "otelhooks.BeforeServe(call, nil, a0)"
};

// Imports of the glue file. The files with the hooks may call one package differently, or two alike.
class Imports {
 public:
  explicit Imports(const std::string& hooks)
      : names_({{std::string(kHookPackage), "otelhook"}, {hooks, "otelhooks"}}) {}

  // The name that the glue has for a package which a file of hooks calls `qualifier`.
  std::string add(const std::string& path, const std::string& qualifier) {
    auto [at, fresh] = names_.emplace(path, qualifier);
    if (!fresh) return at->second;
    for (int i = 2; !taken_.insert(at->second).second; ++i) at->second = fmt::format("{}{}", qualifier, i);
    return at->second;
  }

  std::string render() const {
    std::string text;
    for (const auto& [path, name] : names_) {
      bool customary = path.substr(path.rfind('/') + 1) == name;
      text += fmt::format("\t{}{}\"{}\"\n", customary ? "" : name, customary ? "" : " ", path);
    }
    return fmt::format("import (\n{}\t_ \"unsafe\"\n\n\t_ \"otel.runtime/sdk/start\"\n)\n\n", text);
  }

 private:
  std::map<std::string, std::string> names_;  // by path
  std::set<std::string> taken_;
};

// A type of a hook as the glue spells it.
std::string glue_type(const GoFile& file, syntax::Span type, Imports& imports) {
  std::string spelled;
  std::size_t copied = type.begin;
  auto own = own_type_names(file, type);
  const auto& tokens = file.tokens;
  for (std::size_t at = 0; at + 1 < tokens.size() && tokens[at].begin < type.end; ++at) {
    if (tokens[at].begin < type.begin || !tokens[at].is(TokenKind::Identifier)) continue;
    auto span = tokens.span(at);
    std::string name;
    if (std::find(own.begin(), own.end(), span) != own.end()) {
      name = fmt::format("otelhooks.{}", file.text(span));
    } else if (tokens[at + 1].is(TokenKind::Period)) {
      const auto* import = find_import(file.outline, file.text(span));
      if (import) name = imports.add(import->path, std::string(file.text(span)));
    }
    if (name.empty()) continue;
    spelled += file.text({copied, span.begin});
    spelled += name;
    copied = span.end;
  }
  return spelled + std::string(file.text({copied, type.end}));
}

Side make_side(const FittedHook& hook, Imports& imports) {
  std::vector<std::string> declared = {"call *otelhook.Call"}, passed;
  if (hook.takes_call) passed.push_back("call");
  std::vector<PassMode> modes = hook.shape.parameters;
  modes.insert(modes.end(), hook.shape.results.begin(), hook.shape.results.end());
  const auto& taken = hook.taken;
  std::map<std::size_t, std::string> types;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    bool omitted = taken[i] >= modes.size() || modes[taken[i]] == PassMode::Omit;
    passed.push_back(omitted ? "nil" : fmt::format("a{}", taken[i]));
    const auto& parameter = hook.function->params[i + (hook.takes_call ? 1 : 0)];
    if (!omitted) types[taken[i]] = glue_type(*hook.file, parameter.type, imports);
  }
  for (const auto& [at, type] : types) declared.push_back(fmt::format("a{} {}", at, type));
  return {fmt::format("func({})", base::join(declared, ", ")),
          fmt::format("otelhooks.{}({})", hook.function->name.text, base::join(passed, ", "))};
}

std::string render_setting(const FunctionWeave& weave, std::string_view kind, const Side& side,
                           const std::string& enter, const std::string& hook_name) {
  return fmt::format(
      "\t{0}_{1} = {2} {{\n{3}\t\tdefer otelhook.Contain(\"{4}\", \"{5}\")\n\t\t{6}\n{7}\t}}\n", weave.symbol,
      kind, side.variable_type, enter, weave.rule, hook_name, side.call, enter.empty() ? "" : "\t\treturn\n");
}

std::string render_variable(const FunctionWeave& weave, std::string_view kind, const std::string& target,
                            const std::string& type) {
  return fmt::format("//go:linkname {0}_{1} {2}.{0}_{1}\nvar {0}_{1} {3}\n\n", weave.symbol, kind, target,
                     type);
}

}  // namespace

std::string render_glue(const std::string& package_name, const std::string& target_package,
                        const FunctionWeave& weave, const std::string& hooks, const GlueHooks& fitted) {
  Imports imports(hooks);
  // Without a before hook there is still something to do at entry: to say which function it is.
  Side before{"func(call *otelhook.Call)", ""};
  if (fitted.before) before = make_side(*fitted.before, imports);
  // A hook that panics must still leave the code of the exit after, so it is a named result, set first.
  before.variable_type += " (code uintptr)";
  std::string variables = render_variable(weave, "before", target_package, before.variable_type), settings;
  if (fitted.after) {
    auto after = make_side(*fitted.after, imports);
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
  return fmt::format(
      "// Code generated by otel. DO NOT EDIT.\n\npackage {}\n\n{}"
      "var {}_function = otelhook.Function{{Package: \"{}\", Receiver: \"{}\", Name: \"{}\"}}\n\n"
      "{}func init() {{\n{}}}\n",
      package_name, imports.render(), weave.symbol, target_package, receiver, weave.function.name, variables,
      settings);
}

std::string render_link(const std::string& package_name, const std::string& hooks) {
  return fmt::format(
      "// Code generated by otel. DO NOT EDIT.\n\npackage {}\n\nimport (\n\t_ "
      "\"otel.runtime/sdk/start\"\n\t_ "
      "\"{}\"\n)\n",
      package_name, hooks);
}

}  // namespace otel::gocode
