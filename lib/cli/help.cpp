// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/manual.h"
#include "cli/options.h"
#include "cli/subcommands.h"
#include "rules/reference.h"

namespace otel::cli {

namespace {

constexpr std::string_view kSummary =
    "otel is a front-end of the go command that weaves OpenTelemetry into a Go program while it is "
    "compiled.\n";

// "usage: otel …" with summaries in a column; further lines are indented as far as the first.
std::string render_usages(const std::vector<Usage>& usages) {
  std::size_t width = 0;
  for (const auto& usage : usages)
    if (usage.synopsis.size() < 36) width = std::max(width, usage.synopsis.size());
  std::string text;
  for (const auto& usage : usages)
    text += fmt::format("{} otel {:{}}  {}\n", text.empty() ? "usage:" : "      ", usage.synopsis, width,
                        usage.summary);
  return text;
}

std::string render_examples(const std::vector<Example>& examples) {
  std::size_t width = 0;
  for (const auto& example : examples) width = std::max(width, example.command.size());
  std::string text;
  for (const auto& example : examples)
    text += fmt::format("  {:{}}  # {}\n", example.command, width, example.what);
  return text;
}

std::string render_overview() {
  std::vector<Usage> usages;
  for (const auto& subcommand : subcommands())
    usages.insert(usages.end(), subcommand.usages.begin(), subcommand.usages.end());
  return fmt::format(
      "{}\n{}\n{}\n"
      "Example:\n"
      "  otel go build -o myapp\n"
      "  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 OTEL_SERVICE_NAME=my-app ./myapp\n",
      kSummary, render_usages(usages), options_help());
}

std::string render_subcommand(const Subcommand& subcommand) {
  auto text = render_usages(subcommand.usages);
  if (!subcommand.text.empty()) text += fmt::format("\n{}", subcommand.text);
  if (!subcommand.examples.empty())
    text += fmt::format("\nExample{}:\n{}", subcommand.examples.size() > 1 ? "s" : "",
                        render_examples(subcommand.examples));
  return text;
}

}  // namespace

std::string help_text(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return render_overview();
  if (arguments[0] == "rule-files") return rules::render_reference();
  if (arguments[0] == "manual") return render_manual();
  if (const auto* subcommand = find_subcommand(arguments[0])) return render_subcommand(*subcommand);
  auto topics = own_subcommands();
  topics.insert(topics.end(), {"rule-files", "manual"});
  auto near = base::near_hint(arguments[0], topics);
  throw base::Error(fmt::format("unknown help topic \"{}\"", arguments[0]))
      .hint(near.empty() ? "run \"otel help\"" : near)
      .status(base::kExitUsage);
}

std::string version_text() {
#if defined(__APPLE__)
  constexpr auto kSystem = "darwin";
#else
  constexpr auto kSystem = "linux";
#endif
#if defined(__aarch64__)
  constexpr auto kProcessor = "arm64";
#else
  constexpr auto kProcessor = "amd64";
#endif
  return fmt::format("otel version {} {}/{}\n", base::otel_version(), kSystem, kProcessor);
}

}  // namespace otel::cli
