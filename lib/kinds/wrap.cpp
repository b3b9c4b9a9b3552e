// SPDX-License-Identifier: Apache-2.0
#include "kinds/wrap.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/error.h"
#include "base/text.h"

#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"
#include "usage/call_arguments.h"

namespace otel::kinds {
namespace {

using base::Error;
using gocode::FoundFunction;
using gocode::GoFile;
using syntax::TokenKind;

// The types of a list, "int,string,...any".
std::string signature_types(const GoFile& file, const std::string& package,
                            const std::vector<syntax::Parameter>& list) {
  std::vector<std::string> types;
  for (const auto& parameter : list)
    types.push_back((parameter.variadic ? "..." : "") +
                    gocode::canonical_type(file, package, parameter.type));
  return base::join(types, ",");
}

// Where a file uses a function. Through a dot import only its calls are found: a name alone may be the key
// of a composite literal.
std::vector<usage::TokenRange> find_function_uses(const GoFile& file, const usage::QualifiedName& callee,
                                                  const std::string& package_name) {
  auto uses = usage::find_uses(file, "", callee, package_name);
  auto found = std::move(uses.qualified);
  for (auto use : uses.bare)
    if (file.tokens[use.last + 1].is(TokenKind::LeftParen)) found.push_back(use);
  std::sort(found.begin(), found.end(), [](auto a, auto b) { return a.first < b.first; });
  return found;
}

// Throws an Error with the place of the rule (no such function) or of the function of the hooks, whose
// signature must be the callee's.
void check_signatures(const RuleHead& rule, const WrapRule& wrap, const GoPackage& hooks,
                      const GoPackage& callee_package) {
  auto callee = gocode::require_function(callee_package, wrap.callee, rule.name, rule.place);
  auto hook = gocode::require_function(hooks, wrap.with, rule.name, rule.place);
  if (!callee.function->type_params.empty())
    throw Error(fmt::format("rule {}: {}.{} is generic", rule.name, wrap.callee_package, wrap.callee))
        .at(rule.place)
        .hint("a generic function can't be wrapped");
  auto place = hook.file->source.place(hook.function->name.span);
  if (!hook.function->type_params.empty())
    throw Error(fmt::format("function {} of rule {} is generic", wrap.with, rule.name)).at(place);
  auto signature = [](const FoundFunction& found, const std::string& package) {
    return signature_types(*found.file, package, found.function->params) + ") (" +
           signature_types(*found.file, package, found.function->results);
  };
  if (signature(hook, hooks.path) == signature(callee, callee_package.path)) return;
  const auto& wanted = *callee.function;
  auto end = std::max(wanted.results_list.end, wanted.params_list.end);
  throw Error(fmt::format("function {} of rule {} does not have the signature of {}.{}", wrap.with, rule.name,
                          wrap.callee_package, wrap.callee))
      .at(place)
      .hint(fmt::format("use func{}", callee.file->text({wanted.params_list.begin, end})));
}

// A call, and what is appended to its arguments.
struct AppendedCall {
  usage::TokenRange callee;
  std::vector<const AppendWeave*> weaves;
};

// Other kinds have their edits already, some at the same places.
void append_arguments(const AppendedCall& call, FileWeaving& into) {
  const auto& tokens = into.file.tokens;
  auto callee = tokens.span(call.callee.first, call.callee.last);
  auto open = call.callee.last + 1;
  auto variadic = usage::find_variadic(into.file, open, call.weaves[0]->parameters.size());
  auto name = gocode::one_line(into.file.text(callee));
  std::string begin, end;
  for (const auto* weave : call.weaves) {
    // The first rule's arguments come first.
    begin =
        (variadic.unknown ? weave->symbol + "_call(" : fmt::format("{}({})(", weave->symbol, name)) + begin;
    end += variadic.unknown ? ")" : ")...";
  }
  if (variadic.unknown) {
    into.edits.insert_first(callee.begin, begin);
    into.edits.insert(callee.end, end);
  } else if (variadic.begin == variadic.end) {
    auto before = tokens[tokens[open].partner - 1].kind;
    bool separate = before != TokenKind::LeftParen && before != TokenKind::Comma;
    into.edits.insert(variadic.begin, (separate ? ", " : "") + begin + end);
  } else {
    into.edits.insert_first(variadic.begin, begin);
    into.edits.insert(variadic.end, end);
  }
}

bool declares_function(const GoPackage& package, std::string_view name) {
  return std::any_of(package.files.begin(), package.files.end(), [&](const GoFile& file) {
    return std::any_of(
        file.outline.functions.begin(), file.outline.functions.end(),
        [&](const auto& function) { return !function.receiver && function.name.text == name; });
  });
}

void check_hook(const RuleHead& rule, const AppendRule& append, const gocode::FoundFunction& callee,
                const GoPackage& hooks) {
  auto hook = gocode::require_function(hooks, append.with, rule.name, rule.place);
  const auto& function = *hook.function;
  const auto& variadic = callee.function->params.back();
  auto wanted = "[]" + gocode::canonical_type(*callee.file, append.callee.package, variadic.type);
  if (function.type_params.empty() && function.params.empty() && function.results.size() == 1 &&
      gocode::canonical_type(*hook.file, hooks.path, function.results[0].type) == wanted)
    return;
  throw Error(fmt::format("function {} of rule {} does not return arguments for {}", append.with, rule.name,
                          append.callee.text()))
      .at(hook.file->source.place(function.name.span))
      .hint(fmt::format("use func() []{}", callee.file->text(variadic.type)));
}

}  // namespace

const KindFacts& WrapRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "wrap",
      .description = "replaces each use of another package's function by a hook function",
      .keys = {{"callee", Required, KeyForm::Callee, "the function that is used, import/path.F"},
               {"with", Required, KeyForm::Name, "hook function, with the signature that its kind asks for"}},
      .for_own_packages = true,
      .uses_hooks = true,
  };
  return kFacts;
}

WrapRule WrapRule::read(const RuleReader& in) {
  auto callee = usage::read_qualified_name(
      in, "callee", "function", "write import/path.F, as in net/http.Get; for a method use kind function");
  return {{}, callee.package, callee.name, in.text("with")};
}

std::optional<Search> WrapRule::search() const {
  return Search{callee_package,
                [wanted = callee_package](const auto& path, const auto& bytes) {
                  return usage::imports_package(path, bytes, wanted);
                },
                fmt::format("no matching package imports {}", callee_package)};
}

std::string WrapRule::subject() const {
  return fmt::format("{}.{}", callee_package, callee);
}

std::string WrapRule::missing(const GoPackage& package) const {
  return fmt::format("package {} doesn't use {}", package.path, subject());
}

void WrapRule::match(const RuleHead& rule, PackageMatch& into) const {
  const auto& package = into.package;
  if (package.path == rule.hooks) return;
  auto wrapped = into.sources.read_package(callee_package);
  if (!wrapped) return;
  check_signatures(rule, *this, into.sources.read_hooks(), wrapped->package);
  auto symbol = into.new_symbol(fmt::format("{}_{}_{}", into.prefix, rule.name, package.path));
  WrapWeave weave{{}, rule.name, symbol, callee_package, wrapped->name, callee};
  bool used = std::any_of(package.files.begin(), package.files.end(), [&](const GoFile& file) {
    return file.outline.complete &&
           !find_function_uses(file, {callee_package, callee}, wrapped->name).empty();
  });
  if (!used || into.skips_hook_dependency(rule, false)) return;
  into.add_glue(rule, symbol + ".go",
                usage::render_variable_glue(PackageMatch::glue_name(rule.hooks), rule.hooks, package.path,
                                            symbol + "_wrap", with));
  into.weaves.push_back(std::move(weave));
}

void WrapWeave::weave(const std::vector<const WrapWeave*>& weaves, FileWeaving& into) {
  for (const auto* weave : weaves) {
    for (auto found :
         find_function_uses(into.file, {weave->callee_package, weave->callee}, weave->callee_package_name)) {
      auto use = into.file.tokens.span(found.first, found.last);
      bool gone = usage::is_replaced(into, use);
      into.add_point(weave->rule, use.begin, gone ? std::string(usage::kReplaced) : "");
      if (gone) continue;
      into.edits.insert(use.begin, weave->symbol + "(");
      into.edits.insert(use.end, ")");
    }
  }
}

std::string WrapWeave::declarations(const Compilation& compilation) const {
  return usage::declare_hook_variable(compilation, symbol + "_wrap") +
         fmt::format(
             "//go:norace\nfunc {0}[otel_type interface{{}}](otel_f otel_type) otel_type {{\n"
             "\tvar otel_none {1}\n"
             "\tif {0}_wrap != otel_none {{ return *(*otel_type)({1}(&{0}_wrap)) }}\n"
             "\treturn otel_f\n}}\n\n",
             symbol, compilation.pointer());
}

const KindFacts& AppendRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "append",
      .description = "appends arguments to each call of another package's variadic function",
      .keys = {{"callee", Required, KeyForm::Callee, "import/path.F"},
               {"with", Required, KeyForm::Name, "hook function"}},
      .for_own_packages = true,
      .uses_hooks = true,
  };
  return kFacts;
}

AppendRule AppendRule::read(const RuleReader& in) {
  return {{},
          usage::read_qualified_name(in, "callee", "function",
                                     "write import/path.F, as in google.golang.org/grpc.NewClient"),
          in.text("with")};
}

std::optional<Search> AppendRule::search() const {
  return Search{callee.package,
                [wanted = callee.package](const auto& path, const auto& bytes) {
                  return usage::imports_package(path, bytes, wanted);
                },
                fmt::format("no matching package imports {}", callee.package)};
}

std::string AppendRule::missing(const GoPackage& package) const {
  return fmt::format("package {} doesn't call {}", package.path, subject());
}

void AppendRule::match(const RuleHead& rule, PackageMatch& into) const {
  const auto& package = into.package;
  if (package.path == rule.hooks) return;
  auto called = into.sources.read_package(callee.package);
  if (!called) return;
  auto found = gocode::require_function(called->package, callee.name, rule.name, rule.place);
  const auto& function = *found.function;
  if (!function.type_params.empty() || function.params.empty() || !function.params.back().variadic)
    throw Error(fmt::format("rule {}: {} is {}", rule.name, callee.text(),
                            function.type_params.empty() ? "not variadic" : "generic"))
        .at(rule.place_of("callee"))
        .hint("use a rule of kind wrap, or hooks");
  check_hook(rule, *this, found, into.sources.read_hooks());
  auto symbol = into.new_symbol(fmt::format("{}_{}_{}", into.prefix, rule.name, package.path));
  AppendWeave weave{{},
                    rule.name,
                    symbol,
                    callee,
                    called->name,
                    std::string(function.params.size() - 1, '.'),
                    std::string(function.results.size(), '.')};
  bool used = std::any_of(package.files.begin(), package.files.end(), [&](const GoFile& file) {
    return file.outline.complete && !find_function_uses(file, callee, called->name).empty();
  });
  if (!used || into.skips_hook_dependency(rule, false)) return;
  if (declares_function(package, "append") || declares_function(package, "len")) {
    into.report(rule, fmt::format("package {} has a function append or len of its own", package.path), true);
    return;
  }
  into.add_glue(rule, symbol + ".go",
                usage::render_variable_glue(PackageMatch::glue_name(rule.hooks), rule.hooks, package.path,
                                            symbol + "_append", with));
  into.weaves.push_back(std::move(weave));
}

void AppendWeave::weave(const std::vector<const AppendWeave*>& weaves, FileWeaving& into) {
  const auto& tokens = into.file.tokens;
  std::map<std::size_t, AppendedCall> calls;  // by the first token of the callee
  for (const auto* weave : weaves) {
    for (auto use : find_function_uses(into.file, weave->callee, weave->callee_package_name)) {
      auto callee = tokens.span(use.first, use.last);
      bool called = tokens[use.last + 1].is(TokenKind::LeftParen) && tokens.paired(use.last + 1);
      std::string refused = called ? "" : "it is used as a value, not called";
      if (usage::is_replaced(into, callee)) refused = usage::kReplaced;
      into.add_point(weave->rule, callee.begin, refused);
      if (refused.empty())
        calls.try_emplace(use.first, AppendedCall{use, {}}).first->second.weaves.push_back(weave);
    }
  }
  for (const auto& [at, call] : calls) append_arguments(call, into);
}

std::string AppendWeave::declarations(const Compilation& compilation) const {
  std::vector<std::string> names, types, declared, passed, given;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    types.push_back(fmt::format("otel_t{}", i));
    passed.push_back(fmt::format("otel_p{}", i));
    declared.push_back(fmt::format("otel_p{0} otel_t{0}", i));
  }
  names = types;
  for (std::size_t i = 0; i < results.size(); ++i) given.push_back(fmt::format("otel_r{}", i));
  names.insert(names.end(), given.begin(), given.end());
  names.push_back("otel_type");
  types.push_back("...otel_type");
  declared.push_back("otel_list ...otel_type");
  passed.push_back(symbol + "_list[otel_type](otel_list...)...");
  auto result = base::join(given, ", "), callee_type = base::join(types, ", ");
  return usage::declare_hook_variable(compilation, symbol + "_append") +
         fmt::format(
             "//go:norace\nfunc {0}[{1} interface{{}}](func({2}) ({3})) func(...otel_type) []otel_type {{\n"
             "\treturn {0}_list[otel_type]\n}}\n\n"
             "//go:norace\nfunc {0}_list[otel_type interface{{}}](otel_list ...otel_type) []otel_type {{\n"
             "\tvar otel_none {4}\n\tif {0}_append == otel_none {{ return otel_list }}\n"
             "\treturn append(otel_list[:len(otel_list):len(otel_list)], "
             "(*(*func() []otel_type)({4}(&{0}_append)))()...)\n}}\n\n"
             "func {0}_call[{1} interface{{}}](otel_f func({2}) ({3})) func({2}) ({3}) {{\n"
             "\treturn func({5}) ({3}) {{ {6}otel_f({7}) }}\n}}\n\n",
             symbol, base::join(names, ", "), callee_type, result, compilation.pointer(),
             base::join(declared, ", "), given.empty() ? "" : "return ", base::join(passed, ", "));
}

}  // namespace otel::kinds
