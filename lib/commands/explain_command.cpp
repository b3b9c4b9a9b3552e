// SPDX-License-Identifier: Apache-2.0
#include "commands/explain_command.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "commands/rules_command.h"
#include "gotool/tool_command.h"
#include "gotool/toolchain.h"
#include "preprocess/analysis.h"

namespace otel::commands {

std::string render_absent_libraries(const std::vector<plan::RuleOutcome>& outcomes,
                                    std::string_view command) {
  std::set<std::string> present, absent;
  for (const auto& outcome : outcomes) (outcome.is_absent ? absent : present).insert(outcome.library);
  std::erase_if(absent, [&](const std::string& library) { return present.contains(library); });
  if (absent.empty()) return "";
  return fmt::format("not in this build: {} (\"{}\" lists their rules)\n",
                     base::join({absent.begin(), absent.end()}, ", "), command);
}

namespace {

using base::Error;
using plan::BuildPlan;
using plan::RuleOutcome;

// "1 rule", "2 rules".
std::string count(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::size_t count_woven(const BuildPlan& plan) {
  std::set<std::string> names;
  for (const auto& outcome : plan.outcomes)
    if (!outcome.place.empty()) names.insert(outcome.rule);
  return names.size();
}

std::size_t count_packages(const BuildPlan& plan) {
  return static_cast<std::size_t>(std::count_if(plan.flags.begin(), plan.flags.end(), [](const auto& flag) {
    return flag.name == "gcflags" && flag.value.find(gotool::kMarker) != std::string::npos;
  }));
}

std::string render_woven(std::vector<RuleOutcome> outcomes) {
  std::erase_if(outcomes, [](const RuleOutcome& outcome) { return outcome.place.empty(); });
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [](const auto& a, const auto& b) { return a.library < b.library; });
  std::size_t library_width = 0, width = 0;
  for (const auto& outcome : outcomes) {
    library_width = std::max(library_width, outcome.library.size());
    width = std::max(width, outcome.rule.size());
  }
  std::string text;
  for (const auto& outcome : outcomes)
    text += fmt::format("  {:{}}  {:{}}  {}\n", outcome.library, library_width, outcome.rule, width,
                        outcome.place);
  return text;
}

// A line for each reason, with the first rules that it holds for.
std::string render_skipped(const std::vector<RuleOutcome>& outcomes, bool all) {
  constexpr std::size_t kShown = 3;
  std::vector<std::pair<std::string, std::vector<std::string>>> rules_of;  // in the order of the rules
  for (const auto& outcome : outcomes) {
    if (!outcome.place.empty() || (outcome.is_absent && !all)) continue;
    auto same = std::find_if(rules_of.begin(), rules_of.end(),
                             [&](const auto& known) { return known.first == outcome.reason; });
    if (same == rules_of.end()) same = rules_of.insert(same, {outcome.reason, {}});
    same->second.push_back(outcome.rule);
  }
  std::string text;
  for (auto& [reason, rules] : rules_of) {
    auto more = rules.size() > kShown ? rules.size() - kShown : 0;
    rules.resize(rules.size() - more);
    text += fmt::format("  {}: {}{}\n", reason, base::join(rules, ", "),
                        more ? fmt::format(" and {} more", more) : "");
  }
  return text;
}

std::string render_plan(const BuildPlan& plan, bool all) {
  std::string text;
  if (plan.empty())
    text = "nothing is woven: the build is the same as with plain go\n";
  else
    text = fmt::format("{} woven into {}:\n{}", count(count_woven(plan), "rule"),
                       count(count_packages(plan), "package"), render_woven(plan.outcomes));
  auto skipped = render_skipped(plan.outcomes, all);
  if (!skipped.empty()) text += "not woven:\n" + skipped;
  if (!all) text += render_absent_libraries(plan.outcomes, "otel explain --all");
  for (const auto& warning : plan.warnings) text += base::render_warning(warning);
  return text;
}

}  // namespace

int run_explain_command(const cli::Options& options, const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments[0] == "--diff") {
    auto test = arguments;
    test[0] = "test";
    return run_rules_command(options, test);
  }
  auto words = arguments;
  bool all = !words.empty() && words[0] == "--all";
  if (all) words.erase(words.begin());
  std::vector<std::string> build = {"build"};
  build.insert(build.end(), words.begin(), words.end());
  auto command = gotool::parse_go_command(build);
  if (!command)
    throw Error(fmt::format("explain: go build doesn't accept \"{}\"", base::join(words, " ")))
        .hint("use the flags and packages of \"go build\"")
        .status(base::kExitUsage);
  auto toolchain = gotool::read_toolchain(gotool::find_go(), gotool::run_directory(*command));
  auto request = gotool::make_build_request(*command, toolchain.env.goflags);
  auto analysis = preprocess::analyse(toolchain, preprocess::OwnCache(gotool::find_own_cache(toolchain)),
                                      options, request, true);
  if (!analysis)
    throw Error(fmt::format("go can't load {}", words.empty() ? "." : base::join(words, " ")))
        .hint(fmt::format("run \"go {}\"", base::join(build, " ")));
  fmt::print("{}", render_plan(analysis->plan, all));
  return 0;
}

}  // namespace otel::commands
