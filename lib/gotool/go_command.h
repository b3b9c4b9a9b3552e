// SPDX-License-Identifier: Apache-2.0
//
// A parsed go command line: subcommand, flags, arguments. Made from argv by the front-end and
// turned back into argv at the end of the pipeline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

struct GoFlag {
  std::string name;   // without dashes
  std::string value;  // "true" for a boolean flag without a value
};

// `go build`, `install`, `run` or `test` with everything after it.
struct GoCommand {
  std::string subcommand;
  std::vector<GoFlag> flags;               // in order; later ones win as in the go command
  std::vector<std::string> arguments;      // packages or files
  std::vector<std::string> trailing = {};  // what `run` and `test` pass to the program

  // The last value given; none if the flag isn't there.
  std::optional<std::string> value(std::string_view name) const;
  bool has(std::string_view name) const { return value(name).has_value(); }
  // Whether a boolean flag is on.
  bool on(std::string_view name) const;
  void remove(std::string_view name);

  // Whether files are named instead of packages.
  bool names_files() const;
  // Whether a package is named with a version (pkg@v1.2.3), which makes go ignore the module that it is in.
  bool names_version() const;

  // The command without flags that don't affect how packages are woven: the output (-o), how
  // much is printed, how many processes run, the arguments of a program that is run or tested. Two commands
  // with the same shape have the same plan.
  GoCommand shape() const;

  // The subcommand, flags as -name=value, arguments, trailing arguments; without "go". -C comes first, as the
  // go command requires.
  std::vector<std::string> command_line() const;
};

// The commands that build binaries, so that weaving makes sense.
bool is_build_subcommand(std::string_view subcommand);

// The arguments after "go", split by the subcommand's own rules (cmd/go/internal/run for `run`, testflag.go
// of cmd/go/internal/test for `test`). Nothing if it isn't a building command, or the command line has a flag
// that the command doesn't know or that lacks its value: then the go command reports the error.
std::optional<GoCommand> parse_go_command(const std::vector<std::string>& typed);

// The flag of go build, install or run because of which parse_go_command gives nothing, as -name: a misspelt
// one, which go reports, or one of a newer Go release. `go test` passes such flags on.
std::optional<std::string> find_unknown_flag(const std::vector<std::string>& typed);

// The flags in $GOFLAGS that `go build` knows, as cmd/go/internal/base.GOFLAGS reads them; others are
// skipped.
std::vector<GoFlag> parse_goflags(std::string_view goflags);

// Words of a flag such as -gcflags or -toolexec, by the rules of cmd/internal/quoted.Split: separated by
// spaces; an argument may be in single or double quotes as a whole. Nothing if a quote is not closed.
std::optional<std::vector<std::string>> split_quoted(std::string_view text);

// The inverse; an Error if a argument holds both kinds of quotes (cmd/internal/quoted.Join can't either).
std::string join_quoted(const std::vector<std::string>& arguments);

}  // namespace otel::gotool
