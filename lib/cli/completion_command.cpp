// SPDX-License-Identifier: Apache-2.0
#include "cli/completion_command.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/verbs.h"

namespace otel::cli {
namespace {

std::string join(const std::vector<std::string_view>& words) {
  std::string text;
  for (auto word : words) text += fmt::format("{}{}", text.empty() ? "" : " ", word);
  return text;
}

// bash, and zsh by way of bashcompinit: COMP_WORDS are the words, the one at COMP_CWORD is typed.
std::string render_bash() {
  std::string cases;
  for (const auto& verb : verbs())
    if (!verb.words.empty())
      cases += fmt::format("      {}) COMPREPLY=($(compgen -W '{}' -- \"$typed\")) ;;\n", verb.name,
                           join(verb.words));
  auto files = options_with(OptionValue::File), names = options_with(OptionValue::Name);
  auto valued = options_with(OptionValue::Word);
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
      base::join(own_verbs(), " "), base::join(option_names(), " "), cases);
}

std::string render_fish() {
  std::string text = "complete -c otel -e\n";
  auto alone = fmt::format("not __fish_seen_subcommand_from {}", base::join(own_verbs(), " "));
  for (const auto& verb : verbs()) {
    text += fmt::format("complete -c otel -n '{}' -f -a {} -d \"{}\"\n", alone, verb.name,
                        verb.usages[0].summary);
    if (!verb.words.empty())
      text += fmt::format("complete -c otel -n '__fish_seen_subcommand_from {}' -a '{}'\n", verb.name,
                          join(verb.words));
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

std::string completion_text(const std::vector<std::string>& words) {
  const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  auto shell = words.size() == 1 ? words[0] : "";
  if (shell == "bash") return render_bash();
  if (shell == "zsh") return "#compdef otel\nautoload -U +X bashcompinit && bashcompinit\n" + render_bash();
  if (shell == "fish") return render_fish();
  auto near = base::near_hint(shell, shells);
  throw base::Error(shell.empty() ? "otel completion wants a shell"
                                  : fmt::format("no completion for \"{}\"", shell))
      .hint(near.empty() ? "it is bash, zsh or fish" : near)
      .status(base::kExitUsage);
}

}  // namespace otel::cli
