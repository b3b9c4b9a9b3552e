// SPDX-License-Identifier: Apache-2.0
#include "gotool/go_command.h"

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
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

namespace {

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

}  // namespace

std::optional<GoCommand> parse_go_command(const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  GoCommand command;
  command.verb = words[0];
  std::size_t at = 1;
  for (; at < words.size(); ++at) {
    if (words[at] == "--") {
      ++at;
      break;
    }
    auto word = parse_flag_word(words[at]);
    if (!word) break;
    const FlagFact* fact = find_build_flag(word->name);
    if (!fact) return std::nullopt;
    std::string value = word->value ? std::string(*word->value) : "true";
    if (!word->value && fact->value == FlagValue::Required) {
      if (++at == words.size()) return std::nullopt;
      value = words[at];
    }
    command.flags.push_back({std::string(word->name), std::move(value)});
  }
  command.arguments.assign(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  return command;
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
