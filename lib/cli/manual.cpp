// SPDX-License-Identifier: Apache-2.0
#include "cli/manual.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/options.h"
#include "cli/verbs.h"

namespace otel::cli {
namespace {

// Text that troff takes as it is: no line that begins like a request, no escape.
std::string escape(std::string_view text) {
  auto escaped = base::replace_all(base::replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  if (!escaped.empty() && (escaped[0] == '.' || escaped[0] == '\'')) escaped.insert(0, "\\&");
  return escaped;
}

std::string render_verb(const Verb& verb) {
  auto text = fmt::format(".SS otel {}\n", verb.name);
  for (const auto& usage : verb.usages)
    text += fmt::format(".TP\n.B otel {}\n{}\n", escape(usage.words), escape(usage.summary));
  if (!verb.text.empty()) {
    text += ".PP\n";
    for (auto line : base::split(verb.text, '\n'))
      if (!line.empty()) text += escape(line) + '\n';
  }
  for (const auto& example : verb.examples)
    text += fmt::format(".PP\n.EX\n{}\n.EE\n.RS\n{}\n.RE\n", escape(example.command), escape(example.what));
  return text;
}

}  // namespace

std::string render_manual() {
  std::string text =
      ".TH OTEL 1\n"
      ".SH NAME\n"
      "otel \\- the go command with OpenTelemetry woven in\n"
      ".SH SYNOPSIS\n"
      ".B otel\n"
      "[options] command [arguments]\n"
      ".SH DESCRIPTION\n"
      "A front\\-end of the go command that weaves OpenTelemetry into a Go program while it is compiled.\n"
      ".SH COMMANDS\n";
  for (const auto& verb : verbs()) text += render_verb(verb);
  text += ".SH OPTIONS\n.EX\n";
  for (auto line : base::split(options_help(), '\n'))
    if (!line.empty()) text += escape(line) + '\n';
  text +=
      ".EE\n"
      ".SH EXIT STATUS\n"
      "That of the go command; 1 for an error of otel's, 2 for a mistake on its command line, 70 for a bug "
      "of otel.\n"
      ".SH SEE ALSO\n"
      ".BR go (1)\n";
  return text;
}

}  // namespace otel::cli
