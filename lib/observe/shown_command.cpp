// SPDX-License-Identifier: Apache-2.0
#include "observe/shown_command.h"

#include <fmt/format.h>

#include "base/text.h"
#include "gotool/go_command.h"

namespace otel::observe {
namespace {

constexpr const char* kHidden = "REDACTED";

// -X=main.key=REDACTED, -s, all=-N
std::string shown_setting(const std::string& word) {
  if (auto pattern = word.find("=-");
      !word.starts_with("-") && pattern == word.find('=') && pattern != word.npos)
    return word.substr(0, pattern + 1) + shown_setting(word.substr(pattern + 1));
  bool definition = word.starts_with("-X=") || word.starts_with("--X=");
  auto at = word.find('=', definition ? word.find('=') + 1 : 0);
  return at == std::string::npos ? word : word.substr(0, at + 1) + kHidden;
}

std::string shown_settings(const std::string& value) {
  auto words = gotool::split_quoted(value);
  if (!words) return kHidden;
  for (auto& word : *words) word = shown_setting(word);
  return base::join(*words, " ");
}

std::string shown_program(const std::string& value) {
  auto words = gotool::split_quoted(value);
  if (!words || words->empty()) return kHidden;
  return words->size() == 1 ? words->front() : words->front() + " " + kHidden;
}

// The user of a URL: a remote package, a module.
std::string shown_argument(const std::string& word) {
  auto scheme = word.find("://");
  auto at = word.rfind('@');
  if (scheme == std::string::npos || at == std::string::npos || at < scheme) return word;
  return word.substr(0, scheme + 3) + kHidden + word.substr(at);
}

bool takes_settings(std::string_view name) {
  return name == "ldflags" || name == "gcflags" || name == "asmflags" || name == "gccgoflags";
}

bool takes_program(std::string_view name) {
  return name == "exec" || name == "toolexec";
}

std::string shown_value(std::string_view name, const std::string& value) {
  if (takes_settings(name)) return shown_settings(value);
  return takes_program(name) ? shown_program(value) : shown_argument(value);
}

}  // namespace

std::string shown_command(const std::vector<std::string>& words) {
  auto command = gotool::parse_go_command(words);
  auto handed_on = command ? command->trailing.size() : 0;
  std::string text = "go";
  std::string_view waiting;  // the flag whose value comes next
  for (std::size_t i = 0; i + handed_on < words.size(); ++i) {
    std::string_view word = words[i];
    auto dashes = word.find_first_not_of('-');
    auto equals = word.find('=');
    if (!waiting.empty()) {
      text += " " + shown_value(waiting, words[i]);
      waiting = "";
    } else if (dashes != 1 && dashes != 2) {
      text += " " + shown_argument(words[i]);
    } else if (equals != std::string_view::npos) {
      auto name = word.substr(dashes, equals - dashes);
      text += fmt::format(" {}={}", word.substr(0, equals), shown_value(name, words[i].substr(equals + 1)));
    } else {
      text += " " + words[i];
      auto name = word.substr(dashes);
      if (takes_settings(name) || takes_program(name)) waiting = name;
    }
  }
  return handed_on > 0 ? text + " …" : text;
}

}  // namespace otel::observe
