// SPDX-License-Identifier: Apache-2.0
#include "cli/options.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <sstream>

#include "base/error.h"
#include "base/text.h"
#include "cli/subcommands.h"

namespace otel::cli {
namespace {

namespace po = boost::program_options;

void read_deps(const std::string& argument, Options& options) {
  static const std::vector<std::pair<std::string, DepsPolicy>> kPolicies = {{"warn", DepsPolicy::Warn},
                                                                            {"raise", DepsPolicy::Raise},
                                                                            {"keep", DepsPolicy::Keep},
                                                                            {"strict", DepsPolicy::Strict}};
  for (const auto& [name, policy] : kPolicies)
    if (argument == name) {
      options.deps = policy;
      return;
    }
  throw base::Error(fmt::format("--deps: unknown value \"{}\"", argument))
      .hint("use warn, raise, keep or strict")
      .status(base::kExitUsage);
}

po::options_description describe(Options& options) {
  po::options_description described("Options, before the command", 100);
  described.add_options()("rules", po::value(&options.rules)->value_name("FILE|DIR")->composing(),
                          "add rules; may be repeated  [OTEL_GO_RULES]")(
      "disable", po::value(&options.disable)->value_name("NAME")->composing(),
      "skip a rule or all rules of a library; may be repeated  [OTEL_GO_DISABLE]")(
      "enable", po::value(&options.enable)->value_name("NAME")->composing(),
      "weave optional rules: log turns messages of package log into log records; may be repeated  "
      "[OTEL_GO_ENABLE]")("safe-directory", po::value(&options.safe)->value_name("DIR")->composing(),
                          "accept rule files of other users in this directory and its subdirectories; \"*\" "
                          "for every directory; may be repeated  "
                          "[OTEL_GO_SAFE_DIRECTORY]")(
      "deps", po::value<std::string>()->value_name("warn|raise|keep|strict"),
      "what to do if OpenTelemetry modules in go.mod are too old: upgrade them for this build with a "
      "warning, upgrade them silently, build without instrumentation, or fail  [OTEL_GO_DEPS]")(
      "strict", po::bool_switch(&options.strict),
      "fail if a rule can't be woven, instead of printing a warning  [OTEL_GO_STRICT]")(
      "no-sdk", po::bool_switch(&options.no_sdk),
      "link hooks without an SDK: the program sets up OpenTelemetry itself  [OTEL_GO_NO_SDK]")(
      "verbose", po::bool_switch(&options.verbose),
      "print to stderr what is woven and what is skipped  [OTEL_GO_VERBOSE]")(
      "report", po::value(&options.report)->value_name("FILE.html"),
      "write an HTML page about the build: what was woven, what was skipped and why, what it cost  "
      "[OTEL_GO_REPORT]")(
      "trace-build", po::value(&options.trace_build)->value_name("FILE.json"),
      "write a trace of the build, for ui.perfetto.dev or chrome://tracing  [OTEL_GO_TRACE_BUILD]")(
      "no-progress", po::bool_switch()->notifier([&options](bool off) { options.progress = !off; }),
      "show no progress line on the terminal  [OTEL_GO_NO_PROGRESS]");
  return described;
}

bool is_on(const char* variable) {
  const char* value = std::getenv(variable);
  return value && (std::string_view(value) == "1" || std::string_view(value) == "true");
}

void add_text(const char* variable, std::string& value) {
  const char* text = std::getenv(variable);
  if (value.empty() && text) value = text;
}

void add_environment(Options& options) {
  auto add = [](const char* variable, char separator, std::vector<std::string>& values) {
    std::vector<std::string> first;
    if (const char* text = std::getenv(variable))
      for (auto piece : base::split(text, separator))
        if (!base::trim(piece).empty()) first.emplace_back(base::trim(piece));
    values.insert(values.begin(), first.begin(), first.end());
  };
  add("OTEL_GO_RULES", ':', options.rules);
  add("OTEL_GO_DISABLE", ',', options.disable);
  add("OTEL_GO_ENABLE", ',', options.enable);
  add("OTEL_GO_SAFE_DIRECTORY", ':', options.safe);
  add_text("OTEL_GO_REPORT", options.report);
  add_text("OTEL_GO_TRACE_BUILD", options.trace_build);
  options.progress = options.progress && !is_on("OTEL_GO_NO_PROGRESS");
  options.strict = options.strict || is_on("OTEL_GO_STRICT");
  options.no_sdk = options.no_sdk || is_on("OTEL_GO_NO_SDK");
  options.verbose = options.verbose || is_on("OTEL_GO_VERBOSE");
}

// Where our options end: at the first argument that is neither an option nor an option's value.
std::size_t find_subcommand(const std::vector<std::string>& arguments) {
  std::size_t at = 0;
  while (at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-') {
    const auto& facts = option_facts();
    bool takes_value = std::any_of(facts.begin(), facts.end(), [&](const OptionFact& fact) {
      return fact.name == arguments[at] && fact.value != OptionValue::None;
    });
    if (arguments[at] == "--help" || arguments[at] == "-h" || arguments[at] == "--version") return at;
    at += takes_value ? 2 : 1;
  }
  return std::min(at, arguments.size());
}

}  // namespace

const std::vector<std::string>& own_subcommands() {
  static const std::vector<std::string> kSubcommands = [] {
    std::vector<std::string> names;
    for (const auto& subcommand : subcommands()) names.emplace_back(subcommand.name);
    return names;
  }();
  return kSubcommands;
}

const std::vector<OptionFact>& option_facts() {
  using enum OptionValue;
  static const std::vector<OptionFact> kFacts = {
      {"--rules", File},  {"--disable", Name},
      {"--enable", Text}, {"--safe-directory", File},
      {"--deps", Text},   {"--strict"},
      {"--no-sdk"},       {"--verbose"},
      {"--report", File}, {"--trace-build", File},
      {"--no-progress"},  {"--help"},
      {"--version"},
  };
  return kFacts;
}

std::vector<std::string> option_names() {
  std::vector<std::string> names;
  for (const auto& fact : option_facts()) names.push_back(fact.name);
  return names;
}

std::vector<std::string> options_with(OptionValue value) {
  std::vector<std::string> names;
  for (const auto& fact : option_facts())
    if (fact.value == value) names.push_back(fact.name);
  return names;
}

std::string options_help() {
  Options unused;
  std::ostringstream text;
  text << describe(unused);
  return text.str();
}

OwnCommand parse_own_command(const std::vector<std::string>& arguments) {
  OwnCommand command;
  auto at = find_subcommand(arguments);
  auto described = describe(command.options);
  try {
    po::variables_map values;
    po::store(
        po::command_line_parser(
            std::vector<std::string>(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(at)))
            .options(described)
            .style(po::command_line_style::unix_style & ~po::command_line_style::allow_guessing)
            .run(),
        values);
    po::notify(values);
    if (const char* argument = std::getenv("OTEL_GO_DEPS"); argument && *argument)
      read_deps(argument, command.options);
    if (values.count("deps")) read_deps(values["deps"].as<std::string>(), command.options);
  } catch (const po::unknown_option& unknown) {
    auto typed = unknown.get_option_name();
    throw base::Error(fmt::format("unknown option {}", typed))
        .hint(base::near_hint(typed, option_names()))
        .status(base::kExitUsage);
  } catch (const po::error& failed) {
    throw base::Error(failed.what()).hint("run \"otel help\"").status(base::kExitUsage);
  }
  add_environment(command.options);

  command.subcommand = at < arguments.size() ? arguments[at] : "help";
  if (at < arguments.size())
    command.arguments.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1, arguments.end());
  if (command.subcommand == "--help" || command.subcommand == "-h") command.subcommand = "help";
  if (command.subcommand == "--version") command.subcommand = "version";
  return command;
}

}  // namespace otel::cli
