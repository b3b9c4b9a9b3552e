// SPDX-License-Identifier: Apache-2.0
//
// The go command in a directory: its path, how it is run there, and its environment.
#pragma once

#include <map>
#include <string>

#include "base/process.h"
#include "gotool/go_command.h"
#include "gotool/go_environment.h"

namespace otel::gotool {

struct Toolchain {
  base::Runner run;  // with `environment`
  GoEnvironment env;
  base::Path directory;  // where the go command runs: the working directory, or that of -C
  std::map<std::string, std::string> environment;  // of go, on top of ours
};

// The go command of PATH; an Error if there is none.
std::string find_go();

// Where a command runs: in the working directory, or that of its -C, by the path that go takes for it: $PWD
// if that is the directory, or else the one without symbolic links (os.Getwd). An Error if the working
// directory is gone.
base::Path run_directory(const GoCommand& command);
// That of a command without -C.
base::Path run_directory();

// An Error for a go that is too old to weave, or that cannot run there.
Toolchain read_toolchain(const std::string& go, const base::Path& directory,
                         const std::map<std::string, std::string>& environment = {});

// otel's own cache directory beside this go's, as base::find_cache_directory; an Error if there can be none.
base::Path find_own_cache(const Toolchain& toolchain);

}  // namespace otel::gotool
