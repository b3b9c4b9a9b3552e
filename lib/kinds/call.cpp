// SPDX-License-Identifier: Apache-2.0
#include "kinds/call.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.h"

#include "gocode/call_template.h"
#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"
#include "types/call_sites.h"
#include "types/source_facts.h"

namespace otel::kinds {
namespace {

using gocode::GoFile;
using syntax::TokenKind;

// The spans in a body that have the tokens of `call`.
std::vector<syntax::Span> find_call(const GoFile& file, const syntax::Braces& body, const std::string& call) {
  syntax::SourceFile wanted_source("call", call);
  auto wanted = syntax::scan(wanted_source);
  std::size_t length = 0;
  while (!syntax::is_semicolon(wanted[length].kind) && !wanted[length].is(TokenKind::EndOfFile)) ++length;
  std::vector<syntax::Span> found;
  for (std::size_t at = body.open_token + 1; at + length <= body.close_token; ++at) {
    std::size_t same = 0;
    while (same < length && file.text(file.tokens.span(at + same)) == wanted_source.text(wanted.span(same)))
      ++same;
    // Behind a period the first name is another one.
    if (length > 0 && same == length && !file.tokens[at - 1].is(TokenKind::Period))
      found.push_back(file.tokens.span(at, at + length - 1));
  }
  return found;
}

// The single function whose call is named by its text.
FunctionSelector read_function(const RuleReader& in) {
  auto selector = notation::read_function_selector(in);
  if (selector.functions || selector.where)
    throw base::Error(
        fmt::format("rule {} of kind call needs a single function for the text of a call", in.text("name")))
        .at(in.place(selector.functions ? "function" : "where"))
        .hint("write F, T.M or (*T).M, or name what is called by \"callee\"");
  return selector;
}

// "in.go:12, in.go:20 and 3 more"
std::string list_places(const std::vector<base::Place>& places) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(places.size(), kShown); ++i)
    shown.push_back(fmt::format("{}:{}", places[i].file, places[i].line));
  auto text = base::join(shown, ", ");
  return places.size() > kShown ? fmt::format("{} and {} more", text, places.size() - kShown) : text;
}

// Throws an Error if the package has no such function or method.
void check_callee(const RuleHead& rule, const notation::Callee& callee, const CallRule& body,
                  types::SourceFacts& sources) {
  const auto* package = sources.find_package(callee.package);
  if (!package || gocode::find_function(*package, callee.function)) {
    auto object = package ? sources.object(callee.package, callee.function.name) : "";
    bool generic = callee.function.receiver.empty() && object == "func ";
    if (generic && body.replace.find("$call") == std::string::npos &&
        body.replace.find("$func") == std::string::npos)
      throw base::Error(
          fmt::format("rule {}: {} is generic, so the text must keep the call or what is called", rule.name,
                      callee.text()))
          .at(rule.place_of("replace"))
          .hint("use $call, or $func");
    return;
  }
  types::NamedType type{callee.package, callee.function.receiver};
  auto of_interface = sources.underlying(type) == "interface" && !callee.function.pointer
                          ? sources.member(type, callee.function.name, callee.package)
                          : std::nullopt;
  if (of_interface) return;
  throw base::Error(fmt::format("rule {}: package {} has no function {}", rule.name, callee.package,
                                callee.function.text()))
      .at(rule.place_of("callee"))
      .hint(base::near_hint(callee.function.text(), gocode::function_names(*package)));
}

std::vector<notation::FunctionName> parse_names(const std::string& names) {
  std::vector<notation::FunctionName> parsed;
  for (auto name : base::split(names, ' '))
    if (auto function = notation::parse_function_name(name)) parsed.push_back(*function);
  return parsed;
}

// Whether the file has the name at all, which spares most files a closer look.
bool may_call(const GoFile& file, const notation::Callee& callee) {
  return file.source.bytes().find(callee.function.name) != std::string_view::npos;
}

// What a file uses of an import: how often, and how often that goes with the calls that are replaced.
struct ImportUse {
  std::size_t all = 0, dropped = 0;
  std::string callee;  // one that is dropped
};

}  // namespace

const KindFacts& CallRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "call",
      .description = "replaces call expressions: one by its text, or all calls of a function or method",
      .keys = {{"function", Optional, KeyForm::FunctionPattern, notation::kFunctionKey.description},
               notation::kWhereKey,
               notation::kOrderKey,
               {"call", Optional, KeyForm::Text, "the call expression as it stands in the source"},
               {"callee", Optional, KeyForm::Callee,
                "what is called: import/path.F, and in kind call (import/path.T).M or (*import/path.T).M"},
               {"replace", Required, KeyForm::Text,
                "the expression to put in its place; with callee it may have $call, $func, $recv, $args, $0 "
                "…"},
               notation::kImportsKey},
      .subject_key = "function",
  };
  return kFacts;
}

CallRule CallRule::read(const RuleReader& in) {
  CallRule rule;
  rule.replace = rule.replace_text = in.text("replace");
  rule.call = in.text("call");
  if (in.has("call") == in.has("callee"))
    throw base::Error(
        fmt::format("rule {} of kind call needs one of \"call\" and \"callee\"", in.text("name")))
        .at(in.place(in.has("call") ? "callee" : "name"))
        .hint("\"call\" is the text of one call, \"callee\" what is called");
  std::string why;
  auto replace = gocode::CallTemplate::parse(rule.replace, &why);
  if (in.has("call")) {
    if (!in.has("function"))
      throw base::Error(fmt::format("missing key \"function\" in rule {}", in.text("name")))
          .at(in.place("name"));
    rule.functions = read_function(in);
    bool parts = !replace || replace->go_text() != gocode::one_line(rule.replace);
    if (parts)
      throw base::Error("\"replace\" has a part of a call")
          .at(in.place("replace"))
          .hint("only calls that \"callee\" names have $call, $args and the like");
    return rule;
  }
  auto text = in.text("callee");
  rule.callee = notation::parse_callee(text);
  if (!rule.callee)
    throw base::Error(fmt::format("\"{}\" is not a function or method of a package", text))
        .at(in.place("callee"))
        .hint(std::string(notation::kCalleeForms));
  if (replace && replace->has("recv") && rule.callee->function.receiver.empty()) {
    why = "a function has no receiver";
    replace = std::nullopt;
  }
  if (!replace)
    throw base::Error(fmt::format("invalid text in \"replace\": {}", why))
        .at(in.place("replace"))
        .hint("use $call, $func, $recv (of a method), $args, or $0 to $9 for one argument");
  rule.replace_text = replace->go_text();
  if (in.has("function")) {
    rule.functions = notation::read_function_selector(in);
  } else if (in.has("where")) {
    rule.functions.emplace();
    rule.functions->functions = notation::FunctionPattern::parse("/./", &why);
    rule.functions->where = in.condition("where");
  }
  return rule;
}

std::string CallRule::subject() const {
  return callee ? "a call of " + callee->text() : functions->text();
}

std::string CallRule::missing(const GoPackage& package) const {
  if (!callee) return missing_function(package, functions->function);
  if (functions && !functions->functions && !gocode::find_function(package, functions->function))
    return missing_function(package, functions->function);
  return fmt::format("package {} has no call of {}", package.path, callee->text());
}

std::optional<Search> CallRule::search() const {
  if (!callee) return std::nullopt;
  return Search{callee->package, [](const auto&, const auto&) { return true; },
                fmt::format("{} is not in this build", callee->package)};
}

void CallRule::match(const RuleHead& rule, PackageMatch& into) const {
  if (callee)
    match_callee(rule, into);
  else
    into.weaves.push_back(
        CallWeave{{}, rule.name, functions->function, call, into.with_imports(rule, replace)});
}

void CallRule::match_callee(const RuleHead& rule, PackageMatch& into) const {
  auto& sources = into.sources.source_facts();
  check_callee(rule, *callee, *this, sources);
  std::string names;
  if (functions) {
    for (const auto& target : into.find_targets(rule, *functions))
      names += (names.empty() ? "" : " ") + gocode::function_name(*target.function).text();
    if (names.empty()) return;
  }
  types::NotedFacts facts(sources);
  bool found = false;
  std::vector<base::Place> undecided;
  for (const auto& file : into.package.files) {
    if (!file.outline.complete || !may_call(file, *callee)) continue;
    auto named = types::with_import_names(file, facts);
    auto calls = types::find_calls(named, into.package.path, *callee, parse_names(names), facts);
    found |= !calls.found.empty();
    for (auto period : calls.undecided) undecided.push_back(file.source.place(file.tokens.span(period)));
  }
  if (!undecided.empty())
    into.report(
        rule,
        fmt::format("{} of a method {} left alone, as the source doesn't tell the type that it is "
                    "called on: {}",
                    undecided.size() == 1 ? "a call" : fmt::format("{} calls", undecided.size()),
                    undecided.size() == 1 ? callee->function.name + " is" : callee->function.name + " are",
                    list_places(undecided)),
        false);
  if (found)
    into.weaves.push_back(
        CalleeWeave{{}, rule.name, callee->text(), names, into.with_imports(rule, replace), facts.text()});
}

void CalleeWeave::weave(const std::vector<const CalleeWeave*>& weaves, FileWeaving& into) {
  struct Site {
    const CalleeWeave* weave;
    gocode::CallTemplate replace;
    gocode::CallSite call;
  };
  std::vector<Site> sites;
  std::map<std::string, ImportUse> imports;  // by the name that the file has for them
  for (const auto* weave : weaves) {
    types::NotedFacts facts(weave->facts);
    std::string why;
    auto replace = gocode::CallTemplate::parse(weave->replace, &why);
    auto callee = notation::parse_callee(weave->callee);
    if (!replace || !callee) throw base::InternalError(fmt::format("callee {} in a plan", weave->callee));
    if (!may_call(into.file, *callee)) continue;
    auto file = types::with_import_names(into.file, facts);
    auto calls =
        types::find_calls(file, into.compilation.package, *callee, parse_names(weave->functions), facts);
    for (const auto& call : calls.found) sites.push_back({weave, *replace, call});
    bool qualified = !calls.found.empty() && callee->function.receiver.empty() &&
                     into.file.tokens[calls.found[0].first + 1].is(TokenKind::Period);
    if (!qualified || replace->has("call") || replace->has("func")) continue;
    auto& use = imports[std::string(into.file.text(into.file.tokens.span(calls.found[0].first)))];
    use.all = calls.found.size() + calls.other_uses;
    use.dropped += calls.found.size();
    use.callee = callee->function.name;
  }
  // What is imported for nothing doesn't compile.
  for (const auto& [name, use] : imports)
    if (use.dropped >= use.all)
      into.appended += fmt::format("var _ = func() {{ _ = {}.{} }}\n", name, use.callee);
  auto end = [&](const Site& site) { return into.file.tokens[site.call.open].partner; };
  // What is around another goes in before it.
  std::stable_sort(sites.begin(), sites.end(), [&](const Site& a, const Site& b) {
    return a.call.first != b.call.first ? a.call.first < b.call.first : end(a) > end(b);
  });
  const Site* before = nullptr;
  for (const auto& site : sites) {
    bool same = before && before->call.first == site.call.first && end(*before) == end(site);
    auto refused = same ? "another rule has replaced the expression" : site.replace.weave(site.call, into);
    into.add_point(site.weave->rule, into.file.tokens[site.call.open - 1].begin, refused);
    if (!same) before = &site;
  }
}

void CallWeave::weave(const std::vector<const CallWeave*>& weaves, FileWeaving& into) {
  for (const auto* weave : weaves) {
    const auto* function = gocode::find_function(into.file.outline, weave->function);
    if (!function || !function->body) continue;
    auto found = find_call(into.file, *function->body, weave->call);
    if (found.size() != 1) {
      into.add_point(weave->rule, function->name.span.begin,
                     fmt::format("{} holds {} times {}", weave->function.text(), found.size(), weave->call));
      continue;
    }
    auto text = into.file.text(found[0]);
    auto newlines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    into.edits.replace(found[0], gocode::spread_expression(gocode::one_line(weave->replace), newlines));
    into.replaced.push_back(found[0]);
    into.add_point(weave->rule, found[0].begin);
  }
}

}  // namespace otel::kinds
