// SPDX-License-Identifier: Apache-2.0
#include "weave/directive.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "syntax/literal.h"

namespace otel::weave {
namespace {

using base::Error;
using syntax::Span;

constexpr std::string_view kContext = "\"context\".Context", kHook = "\"otel.runtime/hook\"";

// "otel" of "otel:span"
std::string_view tool_of(std::string_view words) {
  return words.substr(0, words.find(':'));
}

bool is_of_tool(std::string_view comment, std::string_view tool) {
  return comment.size() > tool.size() + 2 && comment.starts_with("//") &&
         comment.substr(2, tool.size()) == tool && comment[tool.size() + 2] == ':';
}

std::string_view first_word(std::string_view comment) {
  return comment.substr(2, comment.find_first_of(" \t") - 2);
}

// The words behind a directive's own; one in quotes may have blanks.
std::vector<Span> arguments(const GoFile& file, Span comment, std::string_view words) {
  auto text = file.text(comment);
  std::vector<Span> found;
  for (auto at = words.size() + 2; at < text.size();) {
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
      throw Error(fmt::format("a quote of //{} is not closed", words))
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

std::pair<std::string, std::size_t> parse_attribute(const FoundFunction& found, Span word, std::size_t equals,
                                                    std::string_view words) {
  const auto& source = found.file->source;
  auto text = source.text(word);
  auto key = text.substr(0, equals), value = text.substr(equals + 1);
  if (!is_key(key))
    throw Error(fmt::format("\"{}\" is not a key of an attribute", key))
        .at(source.place(word))
        .hint("use letters, digits and _ . - /");
  auto names = parameter_names(*found.function);
  auto at = value.empty() || value == "_" ? names.end() : std::find(names.begin(), names.end(), value);
  if (at == names.end()) {
    std::erase_if(names, [](const std::string& name) { return name.empty() || name == "_"; });
    auto near = base::near_hint(value, names);
    throw Error(fmt::format("{} has no parameter \"{}\" for //{}", found.function->name.text, value, words))
        .at(source.place({word.begin + equals + (value.empty() ? 0 : 1), word.end}))
        .hint(!near.empty() ? near
                            : (names.empty() ? "its parameters have no names"
                                             : "its parameters are " + base::join(names, ", ")));
  }
  return {std::string(key), static_cast<std::size_t>(at - names.begin())};
}

std::optional<Span> find_comment(const FoundFunction& found, std::string_view words) {
  for (auto comment : found.function->directives)
    if (is_directive(found.file->text(comment), words)) return comment;
  return std::nullopt;
}

void check_comments(const GoFile& file, std::string_view words, const std::vector<std::string>& known) {
  auto tool = tool_of(words);
  for (auto comment : file.tokens.comments()) {
    auto text = file.text(comment);
    if (!is_of_tool(text, tool)) continue;
    auto word = first_word(text);
    if (std::find(known.begin(), known.end(), word) == known.end())
      throw Error(fmt::format("unknown directive //{}", word))
          .at(file.source.place({comment.begin, comment.begin + 2 + word.size()}))
          .hint(base::near_hint(word, known));
    bool above =
        std::any_of(file.outline.functions.begin(), file.outline.functions.end(), [&](const auto& f) {
          return std::find(f.directives.begin(), f.directives.end(), comment) != f.directives.end();
        });
    if (!above)
      throw Error(fmt::format("//{} stands above no function", word))
          .at(file.source.place({comment.begin, comment.begin + 2 + word.size()}))
          .hint("it belongs into the comment right above one");
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
                       canonical_type(*found.file, package.path, function.params[0].type) == kContext;
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool named = !names[i].empty() && names[i] != "_";
    bool asked = std::any_of(directive.attributes.begin(), directive.attributes.end(),
                             [&](const auto& attribute) { return attribute.second == i; });
    if (takes_context && i == first) {
      // Without a name nobody sees the context that is put into it.
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

void check_hook(const rules::Rule& rule, const GoPackage& hooks, const std::string& name,
                const std::vector<std::string>& wanted, const std::string& spelled) {
  rules::FunctionName function_name;
  function_name.name = name;
  auto found = find_function(hooks, function_name);
  if (!found)
    throw Error(fmt::format("rule {}: package {} has no function {}", rule.name, hooks.path, name))
        .at(rule.place)
        .hint(base::near_hint(name, function_names(hooks)));
  std::vector<std::string> types;
  for (const auto& parameter : found->function->params)
    types.push_back((parameter.variadic ? "..." : "") +
                    canonical_type(*found->file, hooks.path, parameter.type));
  if (types == wanted && found->function->results.empty() && found->function->type_params.empty()) return;
  throw Error(fmt::format("hook {} of rule {} doesn't take what directives pass", name, rule.name))
      .at(found->file->source.place(found->function->name.span))
      .hint("it must be func" + spelled);
}

}  // namespace

bool is_directive(std::string_view comment, std::string_view words) {
  return comment.size() >= words.size() + 2 && comment.starts_with("//") &&
         comment.substr(2, words.size()) == words &&
         (comment.size() == words.size() + 2 || comment[words.size() + 2] == ' ' ||
          comment[words.size() + 2] == '\t');
}

bool may_have_directives(const std::string& path, std::string_view bytes, std::string_view words) {
  auto tool = tool_of(words);
  if (bytes.find(fmt::format("//{}:", tool)) == std::string_view::npos) return false;
  GoFile file(path, std::string(bytes));
  const auto& comments = file.tokens.comments();
  return file.outline.complete && std::any_of(comments.begin(), comments.end(), [&](Span comment) {
           return is_of_tool(file.text(comment), tool);
         });
}

std::vector<FoundFunction> find_directives(const GoPackage& package, std::string_view words,
                                           const std::vector<std::string>& known) {
  std::vector<FoundFunction> found;
  for (const auto& file : package.files) {
    if (!file.outline.complete) continue;
    check_comments(file, words, known);
    for (const auto& function : file.outline.functions)
      if (find_comment({&file, &function}, words)) found.push_back({&file, &function});
  }
  return found;
}

Directive parse_directive(const FoundFunction& found, std::string_view words) {
  const auto& source = found.file->source;
  auto comments = std::count_if(found.function->directives.begin(), found.function->directives.end(),
                                [&](Span comment) { return is_directive(found.file->text(comment), words); });
  auto comment = *find_comment(found, words);
  if (comments > 1)
    throw Error(fmt::format("{} has //{} twice", found.function->name.text, words)).at(source.place(comment));
  const auto& name = found.function->name.text;
  if (!found.function->receiver && (name == "init" || name == "_"))
    throw Error(fmt::format("function {} can't have //{}", name, words))
        .at(source.place(comment))
        .hint("put it above a function that is called by its name");
  Directive directive;
  bool first = true;
  for (auto word : arguments(*found.file, comment, words)) {
    auto text = source.text(word);
    bool quoted = text[0] == '"';
    auto equals = quoted ? std::string_view::npos : text.find('=');
    if (equals != std::string_view::npos) {
      auto attribute = parse_attribute(found, word, equals, words);
      for (const auto& other : directive.attributes)
        if (other.first == attribute.first)
          throw Error(fmt::format("key {} stands twice", other.first)).at(source.place(word));
      directive.attributes.push_back(std::move(attribute));
    } else if (first) {
      directive.name = quoted ? std::string(text) : fmt::format("\"{}\"", text);
      auto value = syntax::unquote(directive.name);
      if (!value || value->empty())
        throw Error(fmt::format("{} is not a Go string", text)).at(source.place(word));
    } else {
      throw Error(fmt::format("\"{}\" is not key=parameter", text))
          .at(source.place(word))
          .hint("only the first word may be a name; quote one with blanks");
    }
    first = false;
  }
  return directive;
}

DirectiveHooks render_directive_hooks(const rules::Rule& rule, const GoPackage& package,
                                      const FoundFunction& found, const Directive& directive,
                                      const std::string& package_name, const std::string& symbol) {
  DirectiveHooks made;
  auto parameters = make_parameters(package, found, directive);
  std::vector<std::string> keys;
  for (const auto& attribute : directive.attributes) keys.push_back(fmt::format("\"{}\"", attribute.first));
  std::string functions;
  if (!rule.before.empty()) {
    made.before = "Before_" + symbol;
    auto declared = base::join(parameters.declared, ", ");
    auto values = parameters.values.empty() ? "nil" : "[]any{" + base::join(parameters.values, ", ") + "}";
    functions += fmt::format(
        "\nfunc {}(call *hook.Call{}{}) {{\n\totelhooks.{}(call, &{}_directive, {}, {})\n}}\n", made.before,
        declared.empty() ? "" : ", ", declared, rule.before, symbol, parameters.context, values);
  }
  if (!rule.after.empty()) {
    made.after = "After_" + symbol;
    const auto& results = found.function->results;
    bool fails =
        !results.empty() && canonical_type(*found.file, package.path, results.back().type) == "error";
    std::string declared;
    for (std::size_t i = 0; fails && i < results.size(); ++i)
      declared += i + 1 < results.size() ? ", _ any" : ", err error";
    functions += fmt::format("\nfunc {}(call *hook.Call{}) {{\n\totelhooks.{}(call, &{}_directive, {})\n}}\n",
                             made.after, declared, rule.after, symbol, fails ? "err" : "nil");
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

void check_directive_hooks(const rules::Rule& rule, const GoPackage& hooks) {
  auto pointer = [](std::string_view name) { return fmt::format("*{}.{}", kHook, name); };
  if (!rule.before.empty())
    check_hook(rule, hooks, rule.before,
               {pointer("Call"), pointer("Directive"), fmt::format("*{}", kContext), "[]any"},
               "(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any)");
  if (!rule.after.empty())
    check_hook(rule, hooks, rule.after, {pointer("Call"), pointer("Directive"), "error"},
               "(call *hook.Call, d *hook.Directive, err error)");
}

}  // namespace otel::weave
