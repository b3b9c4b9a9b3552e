// SPDX-License-Identifier: Apache-2.0
#include "commands/binary_report.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "plan/woven_text.h"

namespace otel::commands {

std::string report_binaries(const std::vector<std::string>& files) {
  if (files.empty())
    throw base::Error("version -m: missing file")
        .hint("run \"otel version -m BINARY\"")
        .status(base::kExitUsage);
  std::string report;
  for (const auto& file : files) {
    auto text = plan::find_woven_text(base::read_file(file));
    if (!text)
      throw base::Error(fmt::format("{}: nothing was woven into this file", file))
          .hint("build it with \"otel go build\"");
    report += fmt::format("{}: otel {}\n\topentelemetry\t{}\n", file, text->otel, text->opentelemetry);
    for (const auto& rule : text->rules)
      report += fmt::format("\trule\t{}\t{}{}{}\n", rule.rule, rule.package, rule.version.empty() ? "" : "\t",
                            rule.version);
  }
  return report;
}

}  // namespace otel::commands
