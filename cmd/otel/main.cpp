// SPDX-License-Identifier: Apache-2.0
//
// argv in; the one place where an Error, an exit status or an exec ends the process.
#include <cstdio>
#include <fmt/format.h>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "driver/binary_report.h"
#include "driver/clean_command.h"
#include "driver/completion_command.h"
#include "driver/doctor_command.h"
#include "driver/explain_command.h"
#include "driver/front_end.h"
#include "driver/help.h"
#include "driver/options.h"
#include "driver/rules_command.h"
#include "driver/toolexec.h"
#include "driver/view_command.h"

namespace {

int run(int argc, char** argv) {
  using namespace otel;
  if (argc > 1 && std::string_view(argv[1]) == "toolexec") driver::run_toolexec(argv);

  auto command = driver::parse_own_command({argv + 1, argv + argc});
  if (command.verb == "go") driver::run_go(command.options, command.words);
  if (command.verb == "explain") return driver::run_explain_command(command.options, command.words);
  if (command.verb == "doctor") return driver::run_doctor_command(command.options, command.words);
  if (command.verb == "rules") return driver::run_rules_command(command.options, command.words);
  if (command.verb == "clean") return driver::run_clean_command(command.options, command.words);
  if (command.verb == "view") driver::run_view_command(command.options, command.words);
  if (command.verb == "version") {
    bool binaries = !command.words.empty() && command.words[0] == "-m";
    fmt::print("{}", binaries ? driver::report_binaries({command.words.begin() + 1, command.words.end()})
                              : driver::version_text());
    return 0;
  }
  if (command.verb == "completion") {
    fmt::print("{}", driver::completion_text(command.words));
    return 0;
  }
  if (command.verb == "help") {
    fmt::print("{}", driver::help_text(command.words));
    return 0;
  }
  auto hint = base::near_hint(command.verb, driver::own_verbs());
  throw base::Error(fmt::format("unknown command \"{}\"", command.verb))
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
