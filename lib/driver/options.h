// SPDX-License-Identifier: Apache-2.0
//
// otel's own command line: what stands before `go`, or a command of otel's.
#pragma once

#include <string>
#include <vector>

namespace otel::driver {

// What to do where the user's OpenTelemetry modules are too old to weave, so that they would have to rise.
enum class DepsPolicy {
  Warn,    // raise them, and say so
  Raise,   // raise them
  Keep,    // build plainly, and say so
  Strict,  // refuse
};

struct Options {
  std::vector<std::string> rules;      // --rules: files or folders
  std::vector<std::string> disable;    // --disable: names of rules or libraries
  DepsPolicy deps = DepsPolicy::Warn;  // --deps
  bool strict = false;                 // --strict: what would be a warning is an error
  bool verbose = false;                // --verbose: tell on stderr what is woven and what is left
};

struct OwnCommand {
  Options options;
  std::string verb;                // "go", "version", "help", …; "help" if nothing was typed
  std::vector<std::string> words;  // what follows it
};

// argv without argv[0]. Values of OTEL_GO_RULES (paths, colons between), OTEL_GO_DISABLE (names, commas
// between), OTEL_GO_DEPS, OTEL_GO_STRICT and OTEL_GO_VERBOSE (1 or true) stand in front of those of the
// command line.
OwnCommand parse_own_command(const std::vector<std::string>& words);

// The commands of otel, for help and near names.
const std::vector<std::string>& own_verbs();

// The options, with their dashes.
const std::vector<std::string>& option_names();

// The table of options as `otel help` shows it.
std::string options_help();

}  // namespace otel::driver
