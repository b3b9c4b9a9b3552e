// SPDX-License-Identifier: Apache-2.0
#include "plan/build_plan.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace otel::plan {

std::string render_build_plan(const BuildPlan& plan) {
  using base::escape_field;
  std::string text;
  for (const auto& flag : plan.flags)
    text += fmt::format("flag\t{}\t{}\n", flag.name, escape_field(flag.value));
  for (const auto& argument : plan.arguments) text += fmt::format("argument\t{}\n", escape_field(argument));
  for (const auto& outcome : plan.outcomes)
    text += fmt::format("rule\t{}\t{}\t{}\t{}\n", outcome.rule, escape_field(outcome.place),
                        escape_field(outcome.reason), outcome.telling ? "telling" : "");
  for (const auto& warning : plan.warnings) text += fmt::format("warning\t{}\n", escape_field(warning));
  return text;
}

BuildPlan parse_build_plan(std::string_view text) {
  BuildPlan plan;
  for (auto line : base::split(text, '\n')) {
    if (line.empty()) continue;
    auto fields = base::split(line, '\t');
    auto field = [&](std::size_t i) { return base::unescape_field(fields.at(i)); };
    if (fields[0] == "flag")
      plan.flags.push_back({field(1), field(2)});
    else if (fields[0] == "argument")
      plan.arguments.push_back(field(1));
    else if (fields[0] == "rule")
      plan.outcomes.push_back({field(1), field(2), field(3), field(4) == "telling"});
    else if (fields[0] == "warning")
      plan.warnings.push_back(field(1));
    else
      throw base::InternalError(fmt::format("plan line {}", line));
  }
  return plan;
}

gotool::GoCommand apply_build_plan(gotool::GoCommand command, const BuildPlan& plan) {
  for (const auto& flag : plan.flags)
    if (flag.name != "gcflags") command.remove(flag.name);
  command.flags.insert(command.flags.end(), plan.flags.begin(), plan.flags.end());
  command.arguments.insert(command.arguments.end(), plan.arguments.begin(), plan.arguments.end());
  return command;
}

}  // namespace otel::plan
