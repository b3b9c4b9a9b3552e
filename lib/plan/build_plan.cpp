// SPDX-License-Identifier: Apache-2.0
#include "plan/build_plan.h"

#include <fmt/format.h>

#include "base/text.h"

namespace otel::plan {

std::string render_build_plan(const BuildPlan& plan) {
  using base::escape_field;
  std::string text;
  for (const auto& flag : plan.flags)
    text += fmt::format("flag\t{}\t{}\n", escape_field(flag.name), escape_field(flag.value));
  for (const auto& argument : plan.arguments) text += fmt::format("argument\t{}\n", escape_field(argument));
  for (const auto& outcome : plan.outcomes)
    text +=
        fmt::format("rule\t{}\t{}\t{}\t{}\t{}\t{}\n", escape_field(outcome.rule), escape_field(outcome.place),
                    escape_field(outcome.reason), outcome.is_warning ? "warning" : "",
                    escape_field(outcome.library), outcome.is_absent ? "absent" : "");
  for (const auto& warning : plan.warnings) text += fmt::format("warning\t{}\n", escape_field(warning));
  return text;
}

std::optional<BuildPlan> parse_build_plan(std::string_view text) {
  BuildPlan plan;
  for (auto line : base::split(text, '\n')) {
    if (line.empty()) continue;
    auto fields = base::split(line, '\t');
    auto is = [&](std::string_view kind, std::size_t count) {
      return fields[0] == kind && fields.size() == count;
    };
    auto field = [&](std::size_t i) { return base::unescape_field(fields[i]); };
    if (is("flag", 3))
      plan.flags.push_back({field(1), field(2)});
    else if (is("argument", 2))
      plan.arguments.push_back(field(1));
    else if (is("rule", 7))
      plan.outcomes.push_back(
          {field(1), field(2), field(3), field(4) == "warning", field(5), field(6) == "absent"});
    else if (is("warning", 2))
      plan.warnings.push_back(field(1));
    else
      return std::nullopt;
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
