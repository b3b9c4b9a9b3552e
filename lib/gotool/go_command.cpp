// SPDX-License-Identifier: Apache-2.0
#include "gotool/go_command.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/error.h"
#include "gotool/flag_table.h"

namespace otel::gotool {

std::optional<std::string> GoCommand::value(std::string_view name) const {
  for (auto flag = flags.rbegin(); flag != flags.rend(); ++flag)
    if (flag->name == name) return flag->value;
  return std::nullopt;
}

bool GoCommand::on(std::string_view name) const {
  auto given = value(name);
  return given && (*given == "true" || *given == "1" || *given == "t" || *given == "T" || *given == "TRUE" ||
                   *given == "True");
}

void GoCommand::remove(std::string_view name) {
  std::erase_if(flags, [&](const GoFlag& flag) { return flag.name == name; });
}

std::vector<std::string> GoCommand::words() const {
  std::vector<std::string> words = {verb};
  if (auto folder = value("C")) words.push_back("-C=" + *folder);
  for (const auto& flag : flags)
    if (flag.name != "C") words.push_back(fmt::format("-{}={}", flag.name, flag.value));
  // What stood behind "--" may look like a flag.
  bool like_flag = !arguments.empty() && arguments[0].size() > 1 && arguments[0][0] == '-';
  if (verb != "test" && like_flag) words.push_back("--");
  words.insert(words.end(), arguments.begin(), arguments.end());
  if (verb == "test" && !trailing.empty()) words.push_back("-args");
  words.insert(words.end(), trailing.begin(), trailing.end());
  return words;
}

namespace {

bool is_go_file(std::string_view word) {
  return word.size() > 3 && word.substr(word.size() - 3) == ".go";
}

// "-name" or "--name", perhaps "=value"; nothing if the word is not a flag.
struct FlagWord {
  std::string_view name;
  std::optional<std::string_view> value;
};

std::optional<FlagWord> parse_flag_word(std::string_view word) {
  if (word.size() < 2 || word[0] != '-' || word == "--") return std::nullopt;
  word.remove_prefix(word[1] == '-' ? 2 : 1);
  auto equals = word.find('=');
  if (equals == std::string_view::npos) return FlagWord{word, std::nullopt};
  return FlagWord{word.substr(0, equals), word.substr(equals + 1)};
}

enum class FlagStep { Taken, NoFlag, Unknown, Incomplete };

// Takes the flag at `at`, and its value, from the words.
FlagStep take_flag(const std::vector<std::string>& words, std::size_t& at, GoCommand& command) {
  auto word = parse_flag_word(words[at]);
  if (!word) return FlagStep::NoFlag;
  const FlagFact* fact = find_flag(command.verb, word->name);
  if (!fact) return FlagStep::Unknown;
  std::string value = word->value ? std::string(*word->value) : "true";
  if (!word->value && fact->value == FlagValue::Required) {
    if (at + 1 == words.size()) return FlagStep::Incomplete;
    value = words[++at];
  }
  ++at;
  command.flags.push_back({std::string(word->name), std::move(value)});
  return FlagStep::Taken;
}

// Takes flags up to the first word that is none, or isn't known; "--" ends them.
FlagStep take_flags(const std::vector<std::string>& words, std::size_t& at, GoCommand& command) {
  while (at < words.size()) {
    if (words[at] == "--") {
      ++at;
      break;
    }
    if (auto step = take_flag(words, at, command); step != FlagStep::Taken) return step;
  }
  return FlagStep::NoFlag;
}

std::vector<std::string> words_from(const std::vector<std::string>& words, std::size_t at) {
  return {words.begin() + static_cast<std::ptrdiff_t>(at), words.end()};
}

// Of `go run`, the first word is the package, or all words that end in .go are files.
void split_program_arguments(GoCommand& command) {
  std::size_t count = 0;
  while (count < command.arguments.size() && is_go_file(command.arguments[count])) ++count;
  if (count == 0 && !command.arguments.empty()) count = 1;
  command.trailing = words_from(command.arguments, count);
  command.arguments.resize(count);
}

// `go test` takes packages in one place among its flags; what it doesn't know is the test binary's.
std::optional<GoCommand> parse_test_command(GoCommand command, const std::vector<std::string>& words) {
  bool in_packages = false, packages_done = false, after_unknown = false;
  auto hand_on = [&](std::size_t at) {
    auto rest = words_from(words, at);
    command.trailing.insert(command.trailing.end(), rest.begin(), rest.end());
  };
  for (std::size_t at = 1; at < words.size();) {
    bool may_be_value = after_unknown;
    after_unknown = false;
    if (words[at] == "-h" || words[at] == "-help" || words[at] == "--help") return std::nullopt;
    if (words[at] == "--") {
      hand_on(at);
      break;
    }
    auto step = take_flag(words, at, command);
    if (step == FlagStep::Incomplete) return std::nullopt;
    if (step == FlagStep::NoFlag && !in_packages && packages_done) {
      if (!may_be_value) {
        hand_on(at);
        break;
      }
      command.trailing.push_back(words[at++]);
      continue;
    }
    if (step == FlagStep::NoFlag) {
      in_packages = packages_done = true;
      command.arguments.push_back(words[at++]);
      continue;
    }
    in_packages = false;
    if (step == FlagStep::Taken) continue;
    packages_done = true;
    if (words[at] == "-args" || words[at] == "--args") {
      hand_on(at + 1);
      break;
    }
    after_unknown = words[at].find('=') == std::string::npos;
    command.trailing.push_back(words[at++]);
  }
  return command;
}

}  // namespace

bool GoCommand::names_files() const {
  return !arguments.empty() && is_go_file(arguments[0]);
}

bool GoCommand::names_version() const {
  for (const auto& argument : arguments)
    if (argument.find('@') != std::string::npos && argument[0] != '.' && argument[0] != '/') return true;
  return false;
}

GoCommand GoCommand::shape() const {
  // Those that go list isn't given: what the user asks of the compiler is repeated in ours, and the packages
  // that a coverage profile covers are compiled with files of ours.
  static constexpr std::array<std::string_view, 3> kOfPlan = {"coverpkg", "gcflags", "toolexec"};
  GoCommand shape{verb, {}, arguments};
  for (const auto& flag : flags) {
    const auto* fact = find_build_flag(flag.name);
    bool of_plan = std::find(kOfPlan.begin(), kOfPlan.end(), flag.name) != kOfPlan.end();
    if (of_plan || (fact && fact->shapes_graph)) shape.flags.push_back(flag);
  }
  return shape;
}

bool is_building_verb(std::string_view verb) {
  return verb == "build" || verb == "install" || verb == "run" || verb == "test";
}

namespace {

// `go -C dir build` is `go build -C=dir`.
std::vector<std::string> with_folder_behind_verb(std::vector<std::string> words) {
  if (words.empty()) return words;
  auto flag = parse_flag_word(words[0]);
  if (!flag || flag->name != "C") return words;
  std::size_t verb = flag->value ? 1 : 2;
  if (words.size() <= verb) return words;
  auto folder = flag->value ? std::string(*flag->value) : words[1];
  std::vector<std::string> moved = {words[verb], "-C=" + folder};
  auto rest = words_from(words, verb + 1);
  moved.insert(moved.end(), rest.begin(), rest.end());
  return moved;
}

}  // namespace

std::optional<GoCommand> parse_go_command(const std::vector<std::string>& typed) {
  auto words = with_folder_behind_verb(typed);
  if (words.empty() || !is_building_verb(words[0])) return std::nullopt;
  GoCommand command;
  command.verb = words[0];
  // Asked for help, the go command answers.
  for (const auto* help : {"-h", "-help", "--help"})
    if (words.size() > 1 && words[1] == help) return std::nullopt;
  if (command.verb == "test") return parse_test_command(std::move(command), words);
  std::size_t at = 1;
  if (take_flags(words, at, command) != FlagStep::NoFlag) return std::nullopt;
  command.arguments = words_from(words, at);
  if (command.verb == "run") split_program_arguments(command);
  return command;
}

std::optional<std::string> find_unknown_flag(const std::vector<std::string>& typed) {
  auto words = with_folder_behind_verb(typed);
  if (words.empty() || !is_building_verb(words[0]) || words[0] == "test") return std::nullopt;
  GoCommand command;
  command.verb = words[0];
  std::size_t at = 1;
  if (take_flags(words, at, command) != FlagStep::Unknown) return std::nullopt;
  auto name = parse_flag_word(words[at])->name;
  if (name == "h" || name == "help") return std::nullopt;
  return fmt::format("-{}", name);
}

std::vector<GoFlag> parse_goflags(std::string_view goflags) {
  std::vector<GoFlag> flags;
  for (const auto& text : split_quoted(goflags).value_or(std::vector<std::string>{})) {
    auto word = parse_flag_word(text);
    if (!word || !find_build_flag(word->name)) continue;
    flags.push_back({std::string(word->name), std::string(word->value.value_or("true"))});
  }
  return flags;
}

std::optional<std::vector<std::string>> split_quoted(std::string_view text) {
  auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (char quote = text[at]; quote == '"' || quote == '\'') {
      auto end = text.find(quote, at + 1);
      if (end == std::string_view::npos) return std::nullopt;
      words.emplace_back(text.substr(at + 1, end - at - 1));
      at = end + 1;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string join_quoted(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) {
    bool blank = word.empty() || word.find_first_of(" \t\n\r") != std::string::npos;
    bool single = word.find('\'') != std::string::npos, twice = word.find('"') != std::string::npos;
    if (single && twice)
      throw base::Error(
          fmt::format("the go command has no way to pass on {}, which holds both kinds of quotes", word));
    if (!text.empty()) text += ' ';
    if (!blank && !single && !twice)
      text += word;
    else
      text += single ? fmt::format("\"{}\"", word) : fmt::format("'{}'", word);
  }
  return text;
}

}  // namespace otel::gotool
