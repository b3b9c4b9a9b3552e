// SPDX-License-Identifier: Apache-2.0
#include "cli/completion_command.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/subcommands.h"

namespace otel::cli {
namespace {

std::string join(const std::vector<std::string_view>& arguments) {
  std::string text;
  for (auto argument : arguments) text += fmt::format("{}{}", text.empty() ? "" : " ", argument);
  return text;
}

// bash, and zsh by way of bashcompinit: COMP_WORDS are the arguments, the one at COMP_CWORD is typed.
std::string render_bash() {
  std::string cases;
  for (const auto& subcommand : subcommands())
    if (!subcommand.arguments.empty())
      cases += fmt::format("      {}) COMPREPLY=($(compgen -W '{}' -- \"$typed\")) ;;\n", subcommand.name,
                           join(subcommand.arguments));
  auto files = options_with(OptionValue::File), names = options_with(OptionValue::Name);
  auto valued = options_with(OptionValue::Text);
  valued.insert(valued.end(), files.begin(), files.end());
  valued.insert(valued.end(), names.begin(), names.end());
  return fmt::format(
      R"(_otel() {{
  local typed=${{COMP_WORDS[COMP_CWORD]}} verb= at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case ${{COMP_WORDS[at]}} in
      {}) ((at++)) ;;
      -*) ;;
      *) verb=${{COMP_WORDS[at]}}; break ;;
    esac
  done
  if [ -n "$verb" ] && [ "$at" -lt $((COMP_CWORD - 1)) ]; then
    COMPREPLY=($(compgen -f -- "$typed"))
    return
  fi
  case ${{COMP_WORDS[COMP_CWORD - 1]}} in
    --deps) COMPREPLY=($(compgen -W 'warn raise keep strict' -- "$typed")) ;;
    {}) COMPREPLY=($(compgen -f -- "$typed")) ;;
    {}) ;;
    *) case $verb in
      '') COMPREPLY=($(compgen -W '{} {}' -- "$typed")) ;;
{}    esac ;;
  esac
}}
complete -o filenames -F _otel otel
)",
      base::join(valued, " | "), base::join(files, " | "), base::join(names, " | "),
      base::join(own_subcommands(), " "), base::join(option_names(), " "), cases);
}

std::string render_fish() {
  std::string text = "complete -c otel -e\n";
  auto alone = fmt::format("not __fish_seen_subcommand_from {}", base::join(own_subcommands(), " "));
  for (const auto& subcommand : subcommands()) {
    text += fmt::format("complete -c otel -n '{}' -f -a {} -d \"{}\"\n", alone, subcommand.name,
                        subcommand.usages[0].summary);
    if (!subcommand.arguments.empty())
      text += fmt::format("complete -c otel -n '__fish_seen_subcommand_from {}' -a '{}'\n", subcommand.name,
                          join(subcommand.arguments));
  }
  for (const auto& [name, value] : option_facts())
    text += fmt::format("complete -c otel -n '{}' -l {}{}\n", alone, name.substr(2),
                        name == "--deps"             ? " -x -a 'warn raise keep strict'"
                        : value == OptionValue::File ? " -r"
                        : value == OptionValue::Name ? " -x"
                                                     : " -f");
  return text;
}

}  // namespace

std::string completion_text(const std::vector<std::string>& arguments) {
  const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  auto shell = arguments.size() == 1 ? arguments[0] : "";
  if (shell == "bash") return render_bash();
  if (shell == "zsh") return "#compdef otel\nautoload -U +X bashcompinit && bashcompinit\n" + render_bash();
  if (shell == "fish") return render_fish();
  auto near = base::near_hint(shell, shells);
  throw base::Error(shell.empty() ? "completion: missing shell" : fmt::format("unknown shell \"{}\"", shell))
      .hint(near.empty() ? "use bash, zsh or fish" : near)
      .status(base::kExitUsage);
}

}  // namespace otel::cli
