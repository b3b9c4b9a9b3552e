// SPDX-License-Identifier: Apache-2.0
#include "cli/options.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <sstream>

#include "base/error.h"
#include "base/text.h"
#include "cli/verbs.h"

namespace otel::cli {
namespace {

namespace po = boost::program_options;

void read_deps(const std::string& word, Options& options) {
  static const std::vector<std::pair<std::string, DepsPolicy>> kWords = {{"warn", DepsPolicy::Warn},
                                                                         {"raise", DepsPolicy::Raise},
                                                                         {"keep", DepsPolicy::Keep},
                                                                         {"strict", DepsPolicy::Strict}};
  for (const auto& [name, policy] : kWords)
    if (word == name) {
      options.deps = policy;
      return;
    }
  throw base::Error(fmt::format("--deps: unknown word \"{}\"", word))
      .hint("it is one of warn, raise, keep, strict")
      .status(base::kExitUsage);
}

po::options_description describe(Options& options) {
  po::options_description described("Options, before the command", 100);
  described.add_options()("rules", po::value(&options.rules)->value_name("FILE|DIR")->composing(),
                          "add rules; may be repeated  [OTEL_GO_RULES]")(
      "disable", po::value(&options.disable)->value_name("NAME")->composing(),
      "leave a rule or a library's rules out; may be repeated  [OTEL_GO_DISABLE]")(
      "enable", po::value(&options.enable)->value_name("NAME")->composing(),
      "weave what isn't woven unless it is asked for: log, the messages of package log as log records; may "
      "be "
      "repeated  [OTEL_GO_ENABLE]")(
      "safe-directory", po::value(&options.safe)->value_name("DIR")->composing(),
      "use rule files in this folder and beneath it, whoever owns them; \"*\" for every folder; may be "
      "repeated  "
      "[OTEL_GO_SAFE_DIRECTORY]")(
      "deps", po::value<std::string>()->value_name("warn|raise|keep|strict"),
      "what to do where OpenTelemetry modules of go.mod are too old: raise them in this build and say so, "
      "raise "
      "them, build plainly, or refuse  [OTEL_GO_DEPS]")(
      "strict", po::bool_switch(&options.strict),
      "an error where a rule can't be woven, not a warning  [OTEL_GO_STRICT]")(
      "no-sdk", po::bool_switch(&options.no_sdk),
      "link hooks without an SDK: the program sets up OpenTelemetry itself  [OTEL_GO_NO_SDK]")(
      "verbose", po::bool_switch(&options.verbose),
      "say on stderr what is woven and what is left  [OTEL_GO_VERBOSE]")(
      "report", po::value(&options.report)->value_name("FILE.html"),
      "write a page on the build: what was woven, what was left and why, what it cost  [OTEL_GO_REPORT]")(
      "trace-build", po::value(&options.trace_build)->value_name("FILE.json"),
      "write a trace of the build, for ui.perfetto.dev or chrome://tracing  [OTEL_GO_TRACE_BUILD]")(
      "no-progress", po::bool_switch()->notifier([&options](bool off) { options.progress = !off; }),
      "no progress line on the terminal  [OTEL_GO_NO_PROGRESS]");
  return described;
}

bool is_on(const char* variable) {
  const char* value = std::getenv(variable);
  return value && (std::string_view(value) == "1" || std::string_view(value) == "true");
}

void add_word(const char* variable, std::string& value) {
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
  add_word("OTEL_GO_REPORT", options.report);
  add_word("OTEL_GO_TRACE_BUILD", options.trace_build);
  options.progress = options.progress && !is_on("OTEL_GO_NO_PROGRESS");
  options.strict = options.strict || is_on("OTEL_GO_STRICT");
  options.no_sdk = options.no_sdk || is_on("OTEL_GO_NO_SDK");
  options.verbose = options.verbose || is_on("OTEL_GO_VERBOSE");
}

// Where our options end: at the first word that is neither an option nor an option's value.
std::size_t find_verb(const std::vector<std::string>& words) {
  std::size_t at = 0;
  while (at < words.size() && words[at].size() > 1 && words[at][0] == '-') {
    const auto& facts = option_facts();
    bool takes_value = std::any_of(facts.begin(), facts.end(), [&](const OptionFact& fact) {
      return fact.name == words[at] && fact.value != OptionValue::None;
    });
    if (words[at] == "--help" || words[at] == "-h" || words[at] == "--version") return at;
    at += takes_value ? 2 : 1;
  }
  return std::min(at, words.size());
}

}  // namespace

const std::vector<std::string>& own_verbs() {
  static const std::vector<std::string> kVerbs = [] {
    std::vector<std::string> names;
    for (const auto& verb : verbs()) names.emplace_back(verb.name);
    return names;
  }();
  return kVerbs;
}

const std::vector<OptionFact>& option_facts() {
  using enum OptionValue;
  static const std::vector<OptionFact> kFacts = {
      {"--rules", File},  {"--disable", Name},
      {"--enable", Word}, {"--safe-directory", File},
      {"--deps", Word},   {"--strict"},
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

OwnCommand parse_own_command(const std::vector<std::string>& words) {
  OwnCommand command;
  auto at = find_verb(words);
  auto described = describe(command.options);
  try {
    po::variables_map values;
    po::store(po::command_line_parser(
                  std::vector<std::string>(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at)))
                  .options(described)
                  .style(po::command_line_style::unix_style & ~po::command_line_style::allow_guessing)
                  .run(),
              values);
    po::notify(values);
    if (const char* word = std::getenv("OTEL_GO_DEPS"); word && *word) read_deps(word, command.options);
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

  command.verb = at < words.size() ? words[at] : "help";
  if (at < words.size())
    command.words.assign(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
  if (command.verb == "--help" || command.verb == "-h") command.verb = "help";
  if (command.verb == "--version") command.verb = "version";
  return command;
}

}  // namespace otel::cli
