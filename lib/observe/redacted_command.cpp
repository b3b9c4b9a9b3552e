// SPDX-License-Identifier: Apache-2.0
#include "observe/redacted_command.h"

#include <fmt/format.h>

#include "base/text.h"
#include "gotool/go_command.h"

namespace otel::observe {
namespace {

constexpr const char* kHidden = "REDACTED";

// -X=main.key=REDACTED, -s, all=-N
std::string redacted_setting(const std::string& argument) {
  if (auto pattern = argument.find("=-");
      !argument.starts_with("-") && pattern == argument.find('=') && pattern != argument.npos)
    return argument.substr(0, pattern + 1) + redacted_setting(argument.substr(pattern + 1));
  bool definition = argument.starts_with("-X=") || argument.starts_with("--X=");
  auto at = argument.find('=', definition ? argument.find('=') + 1 : 0);
  return at == std::string::npos ? argument : argument.substr(0, at + 1) + kHidden;
}

std::string redacted_settings(const std::string& value) {
  auto arguments = gotool::split_quoted(value);
  if (!arguments) return kHidden;
  for (auto& argument : *arguments) argument = redacted_setting(argument);
  return base::join(*arguments, " ");
}

std::string redacted_program(const std::string& value) {
  auto arguments = gotool::split_quoted(value);
  if (!arguments || arguments->empty()) return kHidden;
  return arguments->size() == 1 ? arguments->front() : arguments->front() + " " + kHidden;
}

// The user of a URL: a remote package, a module.
std::string redacted_argument(const std::string& argument) {
  auto scheme = argument.find("://");
  auto at = argument.rfind('@');
  if (scheme == std::string::npos || at == std::string::npos || at < scheme) return argument;
  return argument.substr(0, scheme + 3) + kHidden + argument.substr(at);
}

bool takes_settings(std::string_view name) {
  return name == "ldflags" || name == "gcflags" || name == "asmflags" || name == "gccgoflags";
}

bool takes_program(std::string_view name) {
  return name == "exec" || name == "toolexec";
}

std::string redacted_value(std::string_view name, const std::string& value) {
  if (takes_settings(name)) return redacted_settings(value);
  return takes_program(name) ? redacted_program(value) : redacted_argument(value);
}

}  // namespace

std::string redacted_command(const std::vector<std::string>& arguments) {
  auto command = gotool::parse_go_command(arguments);
  auto trailing = command ? command->trailing.size() : 0;
  std::string text = "go";
  std::string_view waiting;  // the flag whose value comes next
  for (std::size_t i = 0; i + trailing < arguments.size(); ++i) {
    std::string_view argument = arguments[i];
    auto dashes = argument.find_first_not_of('-');
    auto equals = argument.find('=');
    if (!waiting.empty()) {
      text += " " + redacted_value(waiting, arguments[i]);
      waiting = "";
    } else if (dashes != 1 && dashes != 2) {
      text += " " + redacted_argument(arguments[i]);
    } else if (equals != std::string_view::npos) {
      auto name = argument.substr(dashes, equals - dashes);
      text += fmt::format(" {}={}", argument.substr(0, equals),
                          redacted_value(name, arguments[i].substr(equals + 1)));
    } else {
      text += " " + arguments[i];
      auto name = argument.substr(dashes);
      if (takes_settings(name) || takes_program(name)) waiting = name;
    }
  }
  return trailing > 0 ? text + " …" : text;
}

}  // namespace otel::observe
