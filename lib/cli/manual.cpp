// SPDX-License-Identifier: Apache-2.0
#include "cli/manual.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/options.h"
#include "cli/subcommands.h"

namespace otel::cli {
namespace {

// Text that troff takes as it is: no line that begins like a request, no escape.
std::string escape(std::string_view text) {
  auto escaped = base::replace_all(base::replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  if (!escaped.empty() && (escaped[0] == '.' || escaped[0] == '\'')) escaped.insert(0, "\\&");
  return escaped;
}

std::string render_subcommand(const Subcommand& subcommand) {
  auto text = fmt::format(".SS otel {}\n", subcommand.name);
  for (const auto& usage : subcommand.usages)
    text += fmt::format(".TP\n.B otel {}\n{}\n", escape(usage.synopsis), escape(usage.summary));
  if (!subcommand.text.empty()) {
    text += ".PP\n";
    for (auto line : base::split(subcommand.text, '\n'))
      if (!line.empty()) text += escape(line) + '\n';
  }
  for (const auto& example : subcommand.examples)
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
  for (const auto& subcommand : subcommands()) text += render_subcommand(subcommand);
  text += ".SH OPTIONS\n.EX\n";
  for (auto line : base::split(options_help(), '\n'))
    if (!line.empty()) text += escape(line) + '\n';
  text +=
      ".EE\n"
      ".SH EXIT STATUS\n"
      "The status of the go command; 1 for an error reported by otel, 2 for a wrong command line of otel, 70 "
      "for "
      "an internal error of otel.\n"
      ".SH SEE ALSO\n"
      ".BR go (1)\n";
  return text;
}

}  // namespace otel::cli
