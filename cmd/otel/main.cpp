// SPDX-License-Identifier: Apache-2.0
//
// argv in; the one place where an Error, an exit status or an exec ends the process.
#include <cstdio>
#include <fmt/format.h>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "cli/completion_command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "commands/binary_report.h"
#include "commands/clean_command.h"
#include "commands/doctor_command.h"
#include "commands/env_command.h"
#include "commands/explain_command.h"
#include "commands/rules_command.h"
#include "commands/view_command.h"
#include "driver/front_end.h"
#include "toolexec/toolexec.h"

namespace {

int run(int argc, char** argv) {
  using namespace otel;
  if (argc > 1 && std::string_view(argv[1]) == "toolexec") toolexec::run_toolexec(argv);

  auto command = cli::parse_own_command({argv + 1, argv + argc});
  if (command.subcommand == "go") driver::run_go(command.options, command.arguments);
  if (command.subcommand == "explain")
    return commands::run_explain_command(command.options, command.arguments);
  if (command.subcommand == "doctor") return commands::run_doctor_command(command.options, command.arguments);
  if (command.subcommand == "rules") return commands::run_rules_command(command.options, command.arguments);
  if (command.subcommand == "clean") return commands::run_clean_command(command.arguments);
  if (command.subcommand == "env") return commands::run_env_command(command.arguments);
  if (command.subcommand == "view") commands::run_view_command(command.arguments);
  if (command.subcommand == "version") {
    bool binaries = !command.arguments.empty() && command.arguments[0] == "-m";
    fmt::print("{}", binaries
                         ? commands::report_binaries({command.arguments.begin() + 1, command.arguments.end()})
                         : cli::version_text());
    return 0;
  }
  if (command.subcommand == "completion") {
    fmt::print("{}", cli::completion_text(command.arguments));
    return 0;
  }
  if (command.subcommand == "help") {
    fmt::print("{}", cli::help_text(command.arguments));
    return 0;
  }
  auto hint = base::near_hint(command.subcommand, cli::own_subcommands());
  throw base::Error(fmt::format("unknown command \"{}\"", command.subcommand))
      .hint(hint.empty() ? "run \"otel help\"" : hint)
      .status(base::kExitUsage);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const otel::base::Error& error) {
    fmt::print(stderr, "{}", error.render());
    return error.status();
  } catch (const std::exception& error) {
    fmt::print(stderr, "otel: internal error: {}; report it with the command that you ran\n", error.what());
    return otel::base::kExitInternal;
  }
}
