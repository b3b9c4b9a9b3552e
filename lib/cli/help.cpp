// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/manual.h"
#include "cli/options.h"
#include "cli/verbs.h"
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
    if (usage.words.size() < 36) width = std::max(width, usage.words.size());
  std::string text;
  for (const auto& usage : usages)
    text += fmt::format("{} otel {:{}}  {}\n", text.empty() ? "usage:" : "      ", usage.words, width,
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
  for (const auto& verb : verbs()) usages.insert(usages.end(), verb.usages.begin(), verb.usages.end());
  return fmt::format(
      "{}\n{}\n{}\n"
      "Example:\n"
      "  otel go build -o myapp\n"
      "  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 OTEL_SERVICE_NAME=my-app ./myapp\n",
      kSummary, render_usages(usages), options_help());
}

std::string render_verb(const Verb& verb) {
  auto text = render_usages(verb.usages);
  if (!verb.text.empty()) text += fmt::format("\n{}", verb.text);
  if (!verb.examples.empty())
    text +=
        fmt::format("\nExample{}:\n{}", verb.examples.size() > 1 ? "s" : "", render_examples(verb.examples));
  return text;
}

}  // namespace

std::string help_text(const std::vector<std::string>& words) {
  if (words.empty()) return render_overview();
  if (words[0] == "rule-files") return rules::render_reference();
  if (words[0] == "manual") return render_manual();
  if (const auto* verb = find_verb(words[0])) return render_verb(*verb);
  auto topics = own_verbs();
  topics.insert(topics.end(), {"rule-files", "manual"});
  auto near = base::near_hint(words[0], topics);
  throw base::Error(fmt::format("no help on \"{}\"", words[0]))
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
