// SPDX-License-Identifier: Apache-2.0
#include "commands/rules_command.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <set>
#include <tuple>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "commands/explain_command.h"
#include "commands/woven_diff.h"
#include "gotool/toolchain.h"
#include "plan/selection.h"
#include "preprocess/build_match.h"
#include "preprocess/rule_files.h"
#include "rules/rule_set.h"
#include "rules/schema.h"
#include "rules/trust_text.h"
#include "weave/weave_package.h"

namespace otel::commands {
namespace {

using base::Error;
using rules::Rule;

const std::vector<std::string> kCommands = {"check", "list", "test", "trust", "schema"};

// Rules against packages. The selection points into the others.
struct RuleMatch {
  std::vector<Rule> rules;
  std::vector<preprocess::RuleModule> modules;
  gotool::BuildGraph graph;
  plan::Selection selection;
  preprocess::Match match;
};

gotool::Toolchain toolchain_here() {
  return gotool::read_toolchain(gotool::find_go(), gotool::run_directory());
}

bool has_module(const gotool::Toolchain& toolchain) {
  const auto& file = toolchain.env.module_file;
  return !file.empty() && file != "/dev/null";
}

// Packages of the user's rules that the listed packages don't import, if go finds them.
void add_named_packages(const gotool::Toolchain& toolchain, const gotool::GoCommand& command,
                        RuleMatch& matched) {
  auto listing_command = command;
  listing_command.arguments.clear();
  for (const auto& rule : matched.rules)
    if (rule.origin != rules::Origin::BuiltIn && rule.inactive_reason.empty() &&
        !notation::is_package_pattern(rule.package) && !matched.graph.find(rule.package))
      listing_command.arguments.push_back(rule.package);
  if (listing_command.arguments.empty()) return;
  for (auto& package :
       gotool::list_build_graph(toolchain.run, toolchain.env.go, toolchain.directory, listing_command)
           .packages) {
    if (package.files.empty() || matched.graph.find(package.import_path)) continue;
    package.named = false;
    matched.graph.packages.push_back(std::move(package));
  }
}

void print_warnings(const cli::Options& options, const std::vector<std::string>& warnings) {
  for (const auto& warning : warnings) {
    if (options.strict) throw Error(warning);
    fmt::print(stderr, "{}", base::render_warning(warning));
  }
}

// With `module`, the rules of that module alone, as if they had consent.
RuleMatch match_packages(const gotool::Toolchain& toolchain, const cli::Options& options,
                         const std::vector<std::string>& packages, bool every_rule,
                         bool collect_mistakes = false, const std::string& module = "") {
  plan::InputReader reader;
  gotool::GoCommand command{"build", {}, packages};
  auto sources = preprocess::read_rule_sources(toolchain, options, reader);
  const preprocess::OwnCache cache(gotool::find_own_cache(toolchain));
  preprocess::ListedGraphs listed(toolchain, cache, command);
  auto found = preprocess::load_build(
      toolchain, cache, gotool::make_build_request(command, toolchain.env.goflags), listed, reader);
  if (!found)
    throw Error(fmt::format("go can't load {}", base::join(packages, " ")))
        .hint(fmt::format("run \"go build {}\"", base::join(packages, " ")));
  if (const auto* refused = std::get_if<std::string>(&*found))
    throw Error(fmt::format("nothing can be woven here: {}", *refused));
  RuleMatch matched;
  matched.graph = std::move(std::get<preprocess::LoadedBuild>(*found).graph);
  auto merged =
      preprocess::merge_rule_sources(toolchain, options, std::move(sources), matched.graph, reader,
                                     module.empty() ? std::vector<std::string>() : std::vector{module});
  if (module.empty()) print_warnings(options, merged.warnings);
  matched.rules = std::move(merged.rules);
  matched.modules = std::move(merged.modules);
  if (!module.empty()) std::erase_if(matched.rules, [&](const Rule& rule) { return rule.module != module; });
  if (every_rule) add_named_packages(toolchain, command, matched);
  auto [selection, match] = preprocess::match_build(toolchain, options.disable, command, matched.rules,
                                                    listed, matched.graph, reader, {collect_mistakes, true});
  matched.selection = std::move(selection);
  matched.match = std::move(match);
  return matched;
}

using Row = std::array<std::string, 4>;

std::string render_table(const std::vector<Row>& rows) {
  std::array<std::size_t, 4> widths{};
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const auto& row : rows)
    text += fmt::format("{:{}}  {:{}}  {:{}}  {}\n", row[0], widths[0], row[1], widths[1], row[2], widths[2],
                        row[3]);
  return text;
}

// What is woven stands first; built-in rules for packages that are not in the build are one line, unless
// "--all" is the first argument.
int list(const cli::Options& options, std::vector<std::string> packages) {
  bool all = !packages.empty() && packages[0] == "--all";
  if (all) packages.erase(packages.begin());
  if (packages.empty()) packages = {"./..."};
  auto matched = match_packages(toolchain_here(), options, packages, false);
  std::map<std::string, std::vector<plan::RuleOutcome>> outcomes;
  for (const auto& outcome : matched.match.outcomes) outcomes[outcome.rule].push_back(outcome);
  std::vector<Row> rows = {{"RULE", "SOURCE", "STATE", "WHERE, OR WHY NOT"}};
  for (const auto& rule : matched.rules) {
    auto source = rules::source_text(rule);
    if (!rule.inactive_reason.empty()) {
      rows.push_back({rule.name, source, "skipped", rule.inactive_reason});
      continue;
    }
    // Of a name that is overridden, the outcome that says so belongs to another row.
    for (const auto& outcome : outcomes[rule.name])
      if (outcome.reason.substr(0, 13) != "overridden at" && (all || !outcome.is_absent))
        rows.push_back({rule.name, source, outcome.place.empty() ? "skipped" : "woven",
                        outcome.place.empty() ? outcome.reason : outcome.place});
  }
  std::stable_partition(rows.begin() + 1, rows.end(), [](const Row& row) { return row[2] == "woven"; });
  fmt::print("{}", render_table(rows));
  if (!all) fmt::print("{}", render_absent_libraries(matched.match.outcomes, "otel rules list --all"));
  return 0;
}

// A package's files as the compiler would get them, against what they are.
std::string render_woven(const base::Path& directory, const gotool::Package& package,
                         const plan::PackagePlan& plan) {
  auto name_of = [&](const std::string& file) {
    auto path = (base::Path(package.directory) / file).string(), here = directory.string() + "/";
    return path.substr(0, here.size()) == here ? path.substr(here.size()) : path;
  };
  std::vector<gocode::GoFile> files;
  for (const auto& name : package.files) {
    auto path = base::Path(package.directory) / name;
    files.emplace_back(path.string(), base::read_file(package.source_of(name)));
  }
  std::string text;
  for (const auto& file : weave::weave_package(plan, files).files) {
    std::optional<std::string_view> before;
    if (file.replaces) before = files[*file.replaces].source.bytes();
    text += render_diff(name_of(file.name), before, file.text);
  }
  return text;
}

int test(const cli::Options& options, const std::vector<std::string>& arguments) {
  if (arguments.size() != 1)
    throw Error("rules test needs exactly one package")
        .hint("as in \"otel rules test ./internal/store\"")
        .status(base::kExitUsage);
  auto toolchain = toolchain_here();
  auto matched = match_packages(toolchain, options, arguments, false);
  std::vector<const gotool::Package*> named;
  for (const auto& package : matched.graph.packages)
    if (package.named) named.push_back(&package);
  if (named.size() != 1)
    throw Error(fmt::format("{} is {} packages", arguments[0], named.size()))
        .hint("name one")
        .status(base::kExitUsage);
  for (const auto& plan : matched.match.packages)
    if (plan.package == named[0]->import_path) {
      fmt::print("{}", render_woven(toolchain.directory, *named[0], plan));
      return 0;
    }
  throw Error(fmt::format("no rule is woven into package {}", named[0]->import_path))
      .hint(fmt::format("see \"otel rules list {}\"", arguments[0]));
}

// In the order of the files; what is after the first mistakes is often of their making, and only counted.
void print_mistakes(std::vector<Error> mistakes) {
  constexpr std::size_t kMost = 20;
  auto key = [](const Error& error) {
    const auto place = error.place().value_or(base::Place());
    return std::tuple(place.file, place.line, place.column);
  };
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [&](const Error& a, const Error& b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < mistakes.size() && i < kMost; ++i)
    fmt::print(stderr, "{}", mistakes[i].render());
  if (mistakes.size() > kMost) fmt::print(stderr, "otel: {} more mistakes\n", mistakes.size() - kMost);
}

// Files that are named count as with --rules; each is read for itself first, so that every one's mistakes are
// reported.
int check(cli::Options options, const std::vector<std::string>& files) {
  options.rules.insert(options.rules.end(), files.begin(), files.end());
  auto toolchain = toolchain_here();
  plan::InputReader reader;
  std::set<std::string> wrong;
  auto ownership = preprocess::Ownership::of_process(options.safe);
  for (const auto& path : preprocess::find_rule_files(options.rules, reader)) {
    try {
      preprocess::read_rule_file(path, rules::Origin::Named, ownership, reader);
    } catch (const Error& error) {
      wrong.insert(path.string());
      fmt::print(stderr, "{}", error.render());
    }
  }
  if (!wrong.empty()) return base::kExitError;

  RuleMatch matched;
  if (has_module(toolchain)) {
    matched = match_packages(toolchain, options, {"./..."}, true, true);
  } else {
    matched.rules =
        preprocess::merge_rule_sources(toolchain, options,
                                       preprocess::read_rule_sources(toolchain, options, reader), {}, reader)
            .rules;
    fmt::print(stderr, "{}", base::render_warning("no go.mod found, so hooks are not checked"));
  }
  std::map<std::string, const Rule*> own;
  std::map<std::string, std::size_t> counts;
  for (const auto& rule : matched.rules) {
    if (rule.origin == rules::Origin::BuiltIn) continue;
    if (rule.inactive_reason.empty()) own[rule.name] = &rule;
    ++counts[rule.place.file];
  }
  std::vector<Error> mistakes = std::move(matched.match.mistakes);
  for (const auto& outcome : matched.match.outcomes) {
    auto rule = own.find(outcome.rule);
    if (!outcome.is_warning || rule == own.end()) continue;
    mistakes.push_back(Error(fmt::format("rule {} is not woven: {}", outcome.rule, outcome.reason))
                           .at(rule->second->place_of(std::string(rule->second->kind().subject_key))));
  }
  if (!mistakes.empty()) {
    print_mistakes(mistakes);
    return base::kExitError;
  }
  for (const auto& [file, count] : counts) fmt::print("{}: {} rule{}\n", file, count, count == 1 ? "" : "s");
  return 0;
}

// The last outcome of each rule, with all the places where it is woven.
std::map<std::string, std::string> describe_outcomes(const std::vector<plan::RuleOutcome>& outcomes) {
  std::map<std::string, std::string> texts;
  for (const auto& outcome : outcomes) {
    auto& text = texts[outcome.rule];
    auto more = outcome.place.empty() ? "not woven here: " + outcome.reason : outcome.place;
    text = text.empty() || text.starts_with("not woven") ? more : text + ", " + more;
  }
  return texts;
}

// What the rules of a module would do with consent.
void print_rules(const base::Path& directory, const preprocess::RuleModule& module, const RuleMatch& matched,
                 bool diff) {
  fmt::print("module {} {}\nrules of {}, {}\n\n", module.path, module.version,
             (module.directory / preprocess::kProjectFile).string(), module.digest);
  auto outcomes = describe_outcomes(matched.match.outcomes);
  std::vector<Row> rows = {{"RULE", "KIND", "NEEDS CONSENT", "WHERE"}};
  for (const auto& rule : matched.rules) {
    auto reason = rules::needs_consent(rule);
    rows.push_back({rule.name, std::string(rule.kind().name), reason ? "yes: " + *reason : "no",
                    outcomes.count(rule.name) ? outcomes[rule.name] : rule.inactive_reason});
  }
  fmt::print("{}", render_table(rows));
  if (!diff) return;
  for (const auto& plan : matched.match.packages)
    if (const auto* package = matched.graph.find(plan.package))
      fmt::print("\n{}", render_woven(directory, *package, plan));
}

bool ask_for_consent() {
  if (!::isatty(STDIN_FILENO))
    throw Error("no terminal to ask for consent")
        .hint("use --yes to consent without a question")
        .status(base::kExitUsage);
  fmt::print(stderr, "\nConsent to these rules? [y/N] ");
  std::string result;
  std::getline(std::cin, result);
  return result == "y" || result == "yes";
}

int trust(const cli::Options& options, std::vector<std::string> arguments) {
  auto take = [&](const char* flag) { return std::erase(arguments, flag) > 0; };
  bool yes = take("--yes"), diff = take("--diff");
  if (arguments.size() != 1 || arguments[0].starts_with("-"))
    throw Error("rules trust needs exactly one module")
        .hint("as in \"otel rules trust [--diff] [--yes] example.com/sdk\"")
        .status(base::kExitUsage);
  auto toolchain = toolchain_here();
  auto matched = match_packages(toolchain, options, {"./..."}, true, true, arguments[0]);
  auto module = std::find_if(matched.modules.begin(), matched.modules.end(),
                             [&](const preprocess::RuleModule& known) { return known.path == arguments[0]; });
  if (module == matched.modules.end())
    throw Error(fmt::format("no rules of module {} in this build", arguments[0]))
        .hint("the module has none, they can't be read, or they are disabled; see \"otel explain\"");
  print_rules(toolchain.directory, *module, matched, diff);
  if (!yes && !ask_for_consent()) throw Error("no consent given; nothing was written");
  auto file = preprocess::project_file(toolchain);
  preprocess::Ownership::of_process(options.safe).check(file);
  auto text = base::read_file_if_present(file).value_or("");
  base::write_file(file, rules::add_trust(file.string(), text, module->path, module->digest));
  fmt::print("\nwrote consent to {}\n", file.string());
  return 0;
}

}  // namespace

int run_rules_command(const cli::Options& options, const std::vector<std::string>& arguments) {
  auto subcommand = arguments.empty() ? "" : arguments[0];
  std::vector<std::string> rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
  if (subcommand == "trust") return trust(options, rest);
  for (const auto& argument : rest)
    if (argument.substr(0, 1) == "-" &&
        !(subcommand == "list" && &argument == &rest[0] && argument == "--all"))
      throw Error(fmt::format("unknown option {} of otel rules", argument))
          .hint("write otel's options before \"rules\"")
          .status(base::kExitUsage);
  if (subcommand == "list") return list(options, rest);
  if (subcommand == "test") return test(options, rest);
  if (subcommand == "check") return check(options, rest);
  if (subcommand == "schema" && rest.empty()) {
    fmt::print("{}", rules::render_schema());
    return 0;
  }
  auto near = base::near_hint(subcommand, kCommands);
  throw Error(subcommand.empty() ? "rules: missing subcommand"
                                 : fmt::format("unknown subcommand \"rules {}\"", base::join(arguments, " ")))
      .hint(near.empty() ? "use check, list, test, trust or schema" : near)
      .status(base::kExitUsage);
}

}  // namespace otel::commands
