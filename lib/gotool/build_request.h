// SPDX-License-Identifier: Apache-2.0
//
// The settings of a go command, decided once: its own flags, else those of $GOFLAGS.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gotool/go_command.h"

namespace otel::gotool {

// Values as they are written; nothing where neither the command line nor $GOFLAGS sets the flag.
struct BuildSettings {
  std::optional<std::string> mod;
  std::optional<std::string> modfile;
  std::optional<std::string> overlay;
  std::optional<std::string> pgo;
  std::optional<std::string> toolexec;
  std::optional<std::string> buildmode;
  std::vector<std::string> gcflags;  // all of them, those of $GOFLAGS first; later ones win for a package
  bool silent = true;                // go prints nothing while tools run: none of -v, -x, -n, -json, -work
  bool modcacherw = false;           // what go puts into the module cache stays writable
};

struct BuildRequest {
  GoCommand command;
  BuildSettings settings;

  // Whether this builds a library for C programs, which has no main function that returns.
  bool makes_library_of_c() const {
    return settings.buildmode == "c-shared" || settings.buildmode == "c-archive";
  }
};

// A flag of the command line wins over the same one of $GOFLAGS (cmd/go/internal/base.SetFromGOFLAGS).
BuildRequest make_build_request(GoCommand command, std::string_view goflags);

// The same command for other packages than the user's, to list them: with -mod=mod go would add what they
// import to go.mod, which only the user's packages may do.
GoCommand command_for(const BuildRequest& request, std::vector<std::string> packages);

}  // namespace otel::gotool
