// SPDX-License-Identifier: Apache-2.0
//
// otel's own command line: the options before the subcommand.
#pragma once

#include <string>
#include <vector>

namespace otel::cli {

// What to do where the user's OpenTelemetry modules are too old to weave, so that they would have to rise.
enum class DepsPolicy {
  Warn,    // raise them, with a warning
  Raise,   // raise them
  Keep,    // build without instrumentation, with a warning
  Strict,  // refuse
};

struct Options {
  std::vector<std::string> rules;      // --rules: files or directories
  std::vector<std::string> disable;    // --disable: names of rules or libraries
  std::vector<std::string> enable;     // --enable: names of optional rule files
  std::vector<std::string> safe;       // --safe-directory: directories in which rule files may be anybody's
  DepsPolicy deps = DepsPolicy::Warn;  // --deps
  bool strict = false;                 // --strict: what would be a warning is an error
  bool verbose = false;                // --verbose: print to stderr what is woven and what is skipped
  bool no_sdk = false;                 // --no-sdk: the program sets up OpenTelemetry itself
  bool progress = true;                // not --no-progress: a line on the terminal while a build takes long
  std::string report;                  // --report: an HTML file to write; empty for none
  std::string trace_build;             // --trace-build: a JSON file to write; empty for none
};

struct OwnCommand {
  Options options;
  std::string subcommand;              // "go", "version", "help", …; "help" if nothing was typed
  std::vector<std::string> arguments;  // what follows it
};

// argv without argv[0]. Values of OTEL_GO_RULES (paths, colons between), OTEL_GO_DISABLE and OTEL_GO_ENABLE
// (names, commas between), OTEL_GO_SAFE_DIRECTORY (paths, colons between), OTEL_GO_DEPS, OTEL_GO_REPORT,
// OTEL_GO_TRACE_BUILD, OTEL_GO_STRICT, OTEL_GO_NO_SDK, OTEL_GO_VERBOSE and OTEL_GO_NO_PROGRESS (1 or true)
// come before those of the command line.
OwnCommand parse_own_command(const std::vector<std::string>& arguments);

// The commands of otel, for help and near names.
const std::vector<std::string>& own_subcommands();

// The value of an option.
enum class OptionValue { None, File, Text, Name };

struct OptionFact {
  std::string name;  // with its dashes
  OptionValue value = OptionValue::None;
};

// The options: completions and "did you mean" hints use this table.
const std::vector<OptionFact>& option_facts();
std::vector<std::string> option_names();
// Those whose value is the next argument.
std::vector<std::string> options_with(OptionValue value);

// The table of options as `otel help` shows it.
std::string options_help();

}  // namespace otel::cli
