// SPDX-License-Identifier: Apache-2.0
#include "kinds/directive.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "syntax/literal.h"

#include "gocode/hook_shape.h"
#include "gocode/support_module.h"
#include "gocode/trampoline.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
namespace {

using base::Error;
using gocode::FoundFunction;
using gocode::GoFile;
using syntax::Span;

// What a comment asks for.
struct Directive {
  std::string name;                                             // a Go string literal; empty if none is given
  std::vector<std::pair<std::string, std::size_t>> attributes;  // key, and index into receiver and parameters
};

constexpr std::string_view kContext = "\"context\".Context";

// "otel" of "otel:span"
std::string_view tool_of(std::string_view directive_name) {
  return directive_name.substr(0, directive_name.find(':'));
}

bool is_of_tool(std::string_view comment, std::string_view tool) {
  return comment.size() > tool.size() + 2 && comment.starts_with("//") &&
         comment.substr(2, tool.size()) == tool && comment[tool.size() + 2] == ':';
}

std::string_view first_field(std::string_view comment) {
  return comment.substr(2, comment.find_first_of(" \t") - 2);
}

// The arguments after the directive's name; one in quotes may have spaces.
std::vector<Span> arguments(const GoFile& file, Span comment, std::string_view directive_name) {
  auto text = file.text(comment);
  std::vector<Span> found;
  for (auto at = directive_name.size() + 2; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
      continue;
    }
    auto begin = at;
    bool quoted = false;
    for (; at < text.size() && (quoted || (text[at] != ' ' && text[at] != '\t')); ++at) {
      if (text[at] == '\\' && quoted)
        ++at;
      else if (text[at] == '"')
        quoted = !quoted;
    }
    at = std::min(at, text.size());
    if (quoted)
      throw Error(fmt::format("unclosed quote in //{}", directive_name))
          .at(file.source.place({comment.begin + begin, comment.begin + at}));
    found.push_back({comment.begin + begin, comment.begin + at});
  }
  return found;
}

// Receiver and parameters by name, in the order of a hook's parameters.
std::vector<std::string> parameter_names(const syntax::Function& function) {
  std::vector<std::string> names;
  if (function.receiver) names.push_back(function.receiver->name.text);
  for (const auto& parameter : function.params) names.push_back(parameter.name.text);
  return names;
}

bool is_key(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_.-/") == std::string_view::npos;
}

std::pair<std::string, std::size_t> parse_attribute(const FoundFunction& found, Span argument,
                                                    std::size_t equals, std::string_view directive_name) {
  const auto& source = found.file->source;
  auto text = source.text(argument);
  auto key = text.substr(0, equals), value = text.substr(equals + 1);
  if (!is_key(key))
    throw Error(fmt::format("\"{}\" is not an attribute key", key))
        .at(source.place(argument))
        .hint("use letters, digits and _ . - /");
  auto names = parameter_names(*found.function);
  auto at = value.empty() || value == "_" ? names.end() : std::find(names.begin(), names.end(), value);
  if (at == names.end()) {
    std::erase_if(names, [](const std::string& name) { return name.empty() || name == "_"; });
    auto near = base::near_hint(value, names);
    throw Error(
        fmt::format("{} has no parameter \"{}\" for //{}", found.function->name.text, value, directive_name))
        .at(source.place({argument.begin + equals + (value.empty() ? 0 : 1), argument.end}))
        .hint(!near.empty() ? near
                            : (names.empty() ? "its parameters have no names"
                                             : "its parameters are " + base::join(names, ", ")));
  }
  return {std::string(key), static_cast<std::size_t>(at - names.begin())};
}

// Whether a comment is this directive, with any arguments.
bool is_directive(std::string_view comment, std::string_view directive_name) {
  return comment.size() >= directive_name.size() + 2 && comment.starts_with("//") &&
         comment.substr(2, directive_name.size()) == directive_name &&
         (comment.size() == directive_name.size() + 2 || comment[directive_name.size() + 2] == ' ' ||
          comment[directive_name.size() + 2] == '\t');
}

std::optional<Span> find_comment(const FoundFunction& found, std::string_view directive_name) {
  for (auto comment : found.function->directives)
    if (is_directive(found.file->text(comment), directive_name)) return comment;
  return std::nullopt;
}

void check_comments(const GoFile& file, std::string_view directive_name,
                    const std::vector<std::string>& known) {
  auto tool = tool_of(directive_name);
  for (auto comment : file.tokens.comments()) {
    auto text = file.text(comment);
    if (!is_of_tool(text, tool)) continue;
    auto argument = first_field(text);
    if (std::find(known.begin(), known.end(), argument) == known.end())
      throw Error(fmt::format("unknown directive //{}", argument))
          .at(file.source.place({comment.begin, comment.begin + 2 + argument.size()}))
          .hint(base::near_hint(argument, known));
    bool above =
        std::any_of(file.outline.functions.begin(), file.outline.functions.end(), [&](const auto& f) {
          return std::find(f.directives.begin(), f.directives.end(), comment) != f.directives.end();
        });
    if (!above)
      throw Error(fmt::format("//{} is not above a function", argument))
          .at(file.source.place({comment.begin, comment.begin + 2 + argument.size()}))
          .hint("move it to the comment directly above a function");
  }
}

// How the generated hooks take what they pass on.
struct Parameters {
  std::vector<std::string> declared, values;
  std::string context = "nil";
};

Parameters make_parameters(const GoPackage& package, const FoundFunction& found, const Directive& directive) {
  const auto& function = *found.function;
  Parameters made;
  auto names = parameter_names(function);
  std::size_t first = function.receiver ? 1 : 0;
  bool takes_context = !function.params.empty() && !function.params[0].variadic &&
                       gocode::canonical_type(*found.file, package.path, function.params[0].type) == kContext;
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool named = !names[i].empty() && names[i] != "_";
    bool asked = std::any_of(directive.attributes.begin(), directive.attributes.end(),
                             [&](const auto& attribute) { return attribute.second == i; });
    if (takes_context && i == first) {
      // A context assigned to an unnamed parameter is not used.
      made.declared.push_back(named ? "ctx *context.Context" : "ctx context.Context");
      made.context = named ? "ctx" : "&ctx";
    } else {
      made.declared.push_back(asked ? fmt::format("a{} any", i) : "_ any");
    }
  }
  for (const auto& [key, index] : directive.attributes)
    made.values.push_back(takes_context && index == first ? fmt::format("*({})", made.context)
                                                          : fmt::format("a{}", index));
  if (made.context == "nil" && made.values.empty()) made.declared.clear();
  return made;
}

void check_hook(const RuleHead& rule, const GoPackage& hooks, const std::string& name,
                const std::vector<std::string>& wanted, const std::string& spelled) {
  auto found = gocode::require_function(hooks, name, rule.name, rule.place);
  std::vector<std::string> types;
  for (const auto& parameter : found.function->params)
    types.push_back((parameter.variadic ? "..." : "") +
                    gocode::hook_parameter_type(*found.file, hooks.path, parameter));
  if (types == wanted && found.function->results.empty() && found.function->type_params.empty()) return;
  throw Error(fmt::format("hook {} of rule {} has the wrong signature", name, rule.name))
      .at(found.file->source.place(found.function->name.span))
      .hint("use func" + spelled);
}

// Whether any comment of the bytes looks like this directive, or like another of the same tool
// ("//otel:…"). Cheap: doesn't parse unless the text is there.
bool may_have_directives(const std::string& path, std::string_view bytes, std::string_view directive_name) {
  auto tool = tool_of(directive_name);
  if (bytes.find(fmt::format("//{}:", tool)) == std::string_view::npos) return false;
  GoFile file(path, std::string(bytes));
  const auto& comments = file.tokens.comments();
  return file.outline.complete && std::any_of(comments.begin(), comments.end(), [&](Span comment) {
           return is_of_tool(file.text(comment), tool);
         });
}

// The functions that have the directive. Throws an Error at a comment of the same tool which is another
// directive than those of `known`, or which is not above a function.
std::vector<FoundFunction> find_directives(const GoPackage& package, std::string_view directive_name,
                                           const std::vector<std::string>& known) {
  std::vector<FoundFunction> found;
  for (const auto& file : package.files) {
    if (!file.outline.complete) continue;
    check_comments(file, directive_name, known);
    for (const auto& function : file.outline.functions)
      if (find_comment({&file, &function}, directive_name)) found.push_back({&file, &function});
  }
  return found;
}

// Throws an Error at the invalid argument.
Directive parse_directive(const FoundFunction& found, std::string_view directive_name) {
  const auto& source = found.file->source;
  auto comments =
      std::count_if(found.function->directives.begin(), found.function->directives.end(),
                    [&](Span comment) { return is_directive(found.file->text(comment), directive_name); });
  auto comment = *find_comment(found, directive_name);
  if (comments > 1)
    throw Error(fmt::format("{} has a duplicate //{}", found.function->name.text, directive_name))
        .at(source.place(comment));
  const auto& name = found.function->name.text;
  if (!found.function->receiver && (name == "init" || name == "_"))
    throw Error(fmt::format("function {} can't have //{}", name, directive_name))
        .at(source.place(comment))
        .hint("move it to a function that can be called by name");
  Directive directive;
  bool first = true;
  for (auto argument : arguments(*found.file, comment, directive_name)) {
    auto text = source.text(argument);
    bool quoted = text[0] == '"';
    auto equals = quoted ? std::string_view::npos : text.find('=');
    if (equals != std::string_view::npos) {
      auto attribute = parse_attribute(found, argument, equals, directive_name);
      for (const auto& other : directive.attributes)
        if (other.first == attribute.first)
          throw Error(fmt::format("duplicate key {}", other.first)).at(source.place(argument));
      directive.attributes.push_back(std::move(attribute));
    } else if (first) {
      directive.name = quoted ? std::string(text) : fmt::format("\"{}\"", text);
      auto value = syntax::unquote(directive.name);
      if (!value || value->empty())
        throw Error(fmt::format("{} is not a Go string", text)).at(source.place(argument));
    } else {
      throw Error(fmt::format("\"{}\" is not key=parameter", text))
          .at(source.place(argument))
          .hint("only the first argument can be a name; quote a name with spaces");
    }
    first = false;
  }
  return directive;
}

// The generated functions of one directive.
struct DirectiveHooks {
  HookNames names;   // either is empty where the rule has no such hook
  std::string text;  // the Go file
};

DirectiveHooks render_hooks(const RuleHead& rule, const HookNames& hooks, const GoPackage& package,
                            const FoundFunction& found, const Directive& directive,
                            const std::string& package_name, const std::string& symbol) {
  DirectiveHooks made;
  auto parameters = make_parameters(package, found, directive);
  std::vector<std::string> keys;
  for (const auto& attribute : directive.attributes) keys.push_back(fmt::format("\"{}\"", attribute.first));
  std::string functions;
  if (!hooks.before.empty()) {
    made.names.before = "Before_" + symbol;
    auto declared = base::join(parameters.declared, ", ");
    auto values = parameters.values.empty() ? "nil" : "[]any{" + base::join(parameters.values, ", ") + "}";
    functions +=
        fmt::format("\nfunc {}(call *hook.Call{}{}) {{\n\totelhooks.{}(call, &{}_directive, {}, {})\n}}\n",
                    made.names.before, declared.empty() ? "" : ", ", declared, hooks.before, symbol,
                    parameters.context, values);
  }
  if (!hooks.after.empty()) {
    made.names.after = "After_" + symbol;
    const auto& results = found.function->results;
    bool fails =
        !results.empty() && gocode::canonical_type(*found.file, package.path, results.back().type) == "error";
    std::string declared;
    for (std::size_t i = 0; fails && i < results.size(); ++i)
      declared += i + 1 < results.size() ? ", _ any" : ", err error";
    functions += fmt::format("\nfunc {}(call *hook.Call{}) {{\n\totelhooks.{}(call, &{}_directive, {})\n}}\n",
                             made.names.after, declared, hooks.after, symbol, fails ? "err" : "nil");
  }
  bool context = functions.find("context.Context") != std::string::npos;
  auto name = directive.name.empty() ? "\"\"" : directive.name;
  made.text = fmt::format(
      "// Code generated by otel. DO NOT EDIT.\n\npackage {0}\n\nimport (\n{1}\totelhooks \"{2}\"\n"
      "\t\"otel.runtime/hook\"\n)\n\nvar {3}_directive = hook.Directive{{Name: {4}, Keys: "
      "[]string{{{5}}}}}\n{6}",
      package_name, context ? "\t\"context\"\n" : "", rule.hooks, symbol, name, base::join(keys, ", "),
      functions);
  return made;
}

// Throws an Error at a hook of the rule that doesn't take what directives pass.
void check_directive_hooks(const RuleHead& rule, const HookNames& names, const GoPackage& hooks) {
  if (!names.before.empty())
    check_hook(
        rule, hooks, names.before,
        {gocode::hook_type("Call"), gocode::hook_type("Directive"), fmt::format("*{}", kContext), "[]any"},
        "(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any)");
  if (!names.after.empty())
    check_hook(rule, hooks, names.after, {gocode::hook_type("Call"), gocode::hook_type("Directive"), "error"},
               "(call *hook.Call, d *hook.Directive, err error)");
}

// The hooks of a directive are generated, and then are fitted and woven as any others.
void add_directive(const RuleHead& rule, const DirectiveRule& directive, const FoundFunction& found,
                   PackageMatch& into) {
  auto name = gocode::function_name(*found.function);
  auto receiver = name.receiver.empty() ? "" : name.receiver + "_";
  auto symbol = into.new_symbol(
      fmt::format("{}_{}_{}_{}{}", into.prefix, rule.name, into.package.path, receiver, name.name));
  auto directory = "directives_" + identifier_of(into.package.path);
  auto made = render_hooks(rule, directive.hooks, into.package, found,
                           parse_directive(found, directive.directive_name), directory, symbol);
  RuleHead generated = rule;
  generated.hooks = fmt::format("{}/{}", gocode::kSupportModule, directory);
  GoPackage own{generated.hooks, {}};
  own.files.emplace_back(symbol + ".go", made.text);
  if (!gocode::refuse_function(*found.file, *found.function))
    into.matched.hook_files[fmt::format("{}/{}.go", directory, symbol)] = made.text;
  add_hooks(generated, made.names, rule.is_for_packages(), own, found, symbol, into);
}

// The names of all directives of the build's rules.
std::vector<std::string> known_directives(const PackageMatch& into) {
  std::vector<std::string> known;
  for (const auto* body : into.selected)
    if (const auto* directive = std::get_if<DirectiveRule>(body)) known.push_back(directive->directive_name);
  return known;
}

}  // namespace

const KindFacts& DirectiveRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "directive",
      .description = "calls hooks around the functions that have a directive, as in `//otel:span`",
      .keys = {kBeforeKey,
               kAfterKey,
               {"directive", Required, KeyForm::Directive, "tool:name, as in otel:span"}},
      .for_own_packages = true,
      .uses_hooks = true,
      .needs_hook = true,
      .confinable = true,
  };
  return kFacts;
}

DirectiveRule DirectiveRule::read(const RuleReader& in) {
  auto text = in.text("directive");
  auto colon = text.find(':');
  bool good = colon != std::string::npos && colon > 0 && colon + 1 < text.size() &&
              text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.:") == std::string::npos;
  if (!good || text.starts_with("go:"))
    throw Error(fmt::format("\"{}\" is not a directive", text))
        .at(in.place("directive"))
        .hint("write tool:name with a-z and 0-9, as in otel:span; go: is reserved for Go");
  return {{}, text, read_hook_names(in)};
}

std::optional<Search> DirectiveRule::search() const {
  return Search{"",
                [wanted = directive_name](const auto& path, const auto& bytes) {
                  return may_have_directives(path, bytes, wanted);
                },
                fmt::format("no function has //{}", directive_name)};
}

std::string DirectiveRule::missing(const GoPackage& package) const {
  return fmt::format("package {} has no function with //{}", package.path, directive_name);
}

void DirectiveRule::match(const RuleHead& rule, PackageMatch& into) const {
  check_directive_hooks(rule, hooks, into.sources.read_hooks());
  for (const auto& found : find_directives(into.package, directive_name, known_directives(into))) {
    // The author of a directive expects a span, so this is a warning.
    if (into.skips_hook_dependency(rule, true)) return;
    auto refused = gocode::refuse_package(into.package);
    if (!refused) refused = gocode::refuse_go_runtime(into.package);
    if (refused)
      into.report_at(rule, found, *refused, true);
    else
      into.attempt([&] { add_directive(rule, *this, found, into); });
  }
}

}  // namespace otel::kinds
