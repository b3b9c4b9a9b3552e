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

std::vector<std::string> GoCommand::command_line() const {
  std::vector<std::string> line = {subcommand};
  if (auto directory = value("C")) line.push_back("-C=" + *directory);
  for (const auto& flag : flags)
    if (flag.name != "C") line.push_back(fmt::format("-{}={}", flag.name, flag.value));
  // What stood after "--" may look like a flag.
  bool like_flag = !arguments.empty() && arguments[0].size() > 1 && arguments[0][0] == '-';
  if (subcommand != "test" && like_flag) line.push_back("--");
  line.insert(line.end(), arguments.begin(), arguments.end());
  if (subcommand == "test" && !trailing.empty()) line.push_back("-args");
  line.insert(line.end(), trailing.begin(), trailing.end());
  return line;
}

namespace {

bool is_go_file(std::string_view argument) {
  return argument.size() > 3 && argument.substr(argument.size() - 3) == ".go";
}

// "-name" or "--name", perhaps "=value"; nothing if the argument is not a flag.
struct FlagArgument {
  std::string_view name;
  std::optional<std::string_view> value;
};

std::optional<FlagArgument> parse_flag_argument(std::string_view argument) {
  if (argument.size() < 2 || argument[0] != '-' || argument == "--") return std::nullopt;
  argument.remove_prefix(argument[1] == '-' ? 2 : 1);
  auto equals = argument.find('=');
  if (equals == std::string_view::npos) return FlagArgument{argument, std::nullopt};
  return FlagArgument{argument.substr(0, equals), argument.substr(equals + 1)};
}

enum class FlagStep { Taken, NoFlag, Unknown, Incomplete };

// Takes the flag at `at`, and its value, from the arguments.
FlagStep take_flag(const std::vector<std::string>& arguments, std::size_t& at, GoCommand& command) {
  auto argument = parse_flag_argument(arguments[at]);
  if (!argument) return FlagStep::NoFlag;
  const FlagFact* fact = find_flag(command.subcommand, argument->name);
  if (!fact) return FlagStep::Unknown;
  std::string value = argument->value ? std::string(*argument->value) : "true";
  if (!argument->value && fact->value == FlagValue::Required) {
    if (at + 1 == arguments.size()) return FlagStep::Incomplete;
    value = arguments[++at];
  }
  ++at;
  command.flags.push_back({std::string(argument->name), std::move(value)});
  return FlagStep::Taken;
}

// Takes flags up to the first argument that is none, or isn't known; "--" ends them.
FlagStep take_flags(const std::vector<std::string>& arguments, std::size_t& at, GoCommand& command) {
  while (at < arguments.size()) {
    if (arguments[at] == "--") {
      ++at;
      break;
    }
    if (auto step = take_flag(arguments, at, command); step != FlagStep::Taken) return step;
  }
  return FlagStep::NoFlag;
}

std::vector<std::string> arguments_from(const std::vector<std::string>& arguments, std::size_t at) {
  return {arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end()};
}

// Of `go run`, the first argument is the package, or all arguments that end in .go are files.
void split_program_arguments(GoCommand& command) {
  std::size_t count = 0;
  while (count < command.arguments.size() && is_go_file(command.arguments[count])) ++count;
  if (count == 0 && !command.arguments.empty()) count = 1;
  command.trailing = arguments_from(command.arguments, count);
  command.arguments.resize(count);
}

// `go test` takes packages in one place among its flags; what it doesn't know is the test binary's.
std::optional<GoCommand> parse_test_command(GoCommand command, const std::vector<std::string>& arguments) {
  bool in_packages = false, packages_done = false, after_unknown = false;
  auto pass_to_program = [&](std::size_t at) {
    auto rest = arguments_from(arguments, at);
    command.trailing.insert(command.trailing.end(), rest.begin(), rest.end());
  };
  for (std::size_t at = 1; at < arguments.size();) {
    bool may_be_value = after_unknown;
    after_unknown = false;
    if (arguments[at] == "-h" || arguments[at] == "-help" || arguments[at] == "--help") return std::nullopt;
    if (arguments[at] == "--") {
      pass_to_program(at);
      break;
    }
    auto step = take_flag(arguments, at, command);
    if (step == FlagStep::Incomplete) return std::nullopt;
    if (step == FlagStep::NoFlag && !in_packages && packages_done) {
      if (!may_be_value) {
        pass_to_program(at);
        break;
      }
      command.trailing.push_back(arguments[at++]);
      continue;
    }
    if (step == FlagStep::NoFlag) {
      in_packages = packages_done = true;
      command.arguments.push_back(arguments[at++]);
      continue;
    }
    in_packages = false;
    if (step == FlagStep::Taken) continue;
    packages_done = true;
    if (arguments[at] == "-args" || arguments[at] == "--args") {
      pass_to_program(at + 1);
      break;
    }
    after_unknown = arguments[at].find('=') == std::string::npos;
    command.trailing.push_back(arguments[at++]);
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
  GoCommand shape{subcommand, {}, arguments};
  for (const auto& flag : flags) {
    const auto* fact = find_build_flag(flag.name);
    bool of_plan = std::find(kOfPlan.begin(), kOfPlan.end(), flag.name) != kOfPlan.end();
    if (of_plan || (fact && fact->shapes_graph)) shape.flags.push_back(flag);
  }
  return shape;
}

bool is_build_subcommand(std::string_view subcommand) {
  return subcommand == "build" || subcommand == "install" || subcommand == "run" || subcommand == "test";
}

namespace {

// `go -C dir build` is `go build -C=dir`.
std::vector<std::string> with_directory_after_subcommand(std::vector<std::string> arguments) {
  if (arguments.empty()) return arguments;
  auto flag = parse_flag_argument(arguments[0]);
  if (!flag || flag->name != "C") return arguments;
  std::size_t subcommand = flag->value ? 1 : 2;
  if (arguments.size() <= subcommand) return arguments;
  auto directory = flag->value ? std::string(*flag->value) : arguments[1];
  std::vector<std::string> moved = {arguments[subcommand], "-C=" + directory};
  auto rest = arguments_from(arguments, subcommand + 1);
  moved.insert(moved.end(), rest.begin(), rest.end());
  return moved;
}

}  // namespace

std::optional<GoCommand> parse_go_command(const std::vector<std::string>& typed) {
  auto arguments = with_directory_after_subcommand(typed);
  if (arguments.empty() || !is_build_subcommand(arguments[0])) return std::nullopt;
  GoCommand command;
  command.subcommand = arguments[0];
  // Asked for help, the go command answers.
  for (const auto* help : {"-h", "-help", "--help"})
    if (arguments.size() > 1 && arguments[1] == help) return std::nullopt;
  if (command.subcommand == "test") return parse_test_command(std::move(command), arguments);
  std::size_t at = 1;
  if (take_flags(arguments, at, command) != FlagStep::NoFlag) return std::nullopt;
  command.arguments = arguments_from(arguments, at);
  if (command.subcommand == "run") split_program_arguments(command);
  return command;
}

std::optional<std::string> find_unknown_flag(const std::vector<std::string>& typed) {
  auto arguments = with_directory_after_subcommand(typed);
  if (arguments.empty() || !is_build_subcommand(arguments[0]) || arguments[0] == "test") return std::nullopt;
  GoCommand command;
  command.subcommand = arguments[0];
  std::size_t at = 1;
  if (take_flags(arguments, at, command) != FlagStep::Unknown) return std::nullopt;
  auto name = parse_flag_argument(arguments[at])->name;
  if (name == "h" || name == "help") return std::nullopt;
  return fmt::format("-{}", name);
}

std::vector<GoFlag> parse_goflags(std::string_view goflags) {
  std::vector<GoFlag> flags;
  for (const auto& text : split_quoted(goflags).value_or(std::vector<std::string>{})) {
    auto argument = parse_flag_argument(text);
    if (!argument || !find_build_flag(argument->name)) continue;
    flags.push_back({std::string(argument->name), std::string(argument->value.value_or("true"))});
  }
  return flags;
}

std::optional<std::vector<std::string>> split_quoted(std::string_view text) {
  auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  std::vector<std::string> arguments;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (char quote = text[at]; quote == '"' || quote == '\'') {
      auto end = text.find(quote, at + 1);
      if (end == std::string_view::npos) return std::nullopt;
      arguments.emplace_back(text.substr(at + 1, end - at - 1));
      at = end + 1;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    arguments.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return arguments;
}

std::string join_quoted(const std::vector<std::string>& arguments) {
  std::string text;
  for (const auto& argument : arguments) {
    bool blank = argument.empty() || argument.find_first_of(" \t\n\r") != std::string::npos;
    bool single = argument.find('\'') != std::string::npos, twice = argument.find('"') != std::string::npos;
    if (single && twice)
      throw base::Error(fmt::format("cannot quote {}: it contains both kinds of quotes", argument));
    if (!text.empty()) text += ' ';
    if (!blank && !single && !twice)
      text += argument;
    else
      text += single ? fmt::format("\"{}\"", argument) : fmt::format("'{}'", argument);
  }
  return text;
}

}  // namespace otel::gotool
