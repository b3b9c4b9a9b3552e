// SPDX-License-Identifier: Apache-2.0
//
// Where a command runs and with what: everything the front-end's stages take from their surroundings.
#pragma once

#include "base/process.h"
#include "cli/options.h"
#include "gotool/go_command.h"
#include "gotool/go_environment.h"

namespace otel::cli {

struct Site {
  base::Runner run;
  gotool::GoEnvironment go;
  base::Path folder;  // where the go command runs: the current folder, or that of -C
  std::map<std::string, std::string> environment;  // of go, on top of ours
  base::Path cache;                                // otel's cache folder
  std::string self;                                // path of otel
  Options options;
};

// The go command of PATH; an Error if there is none.
std::string find_go();

// Where a command runs: in the current folder, or that of its -C, by the path that go takes for it: $PWD if
// that is the folder, or else the one without symbolic links (os.Getwd). An Error if the current folder is
// gone.
base::Path run_folder(const gotool::GoCommand& command);
// That of a command without -C.
base::Path current_folder();

// An Error for a go that is too old, or if there is no folder for the cache.
Site read_site(const Options& options, const std::string& go, const base::Path& folder,
               const std::map<std::string, std::string>& environment = {});

}  // namespace otel::cli
