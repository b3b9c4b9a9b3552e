// SPDX-License-Identifier: Apache-2.0
//
// Where a command runs and with what: everything the front-end's stages take from their surroundings.
#pragma once

#include "base/process.h"
#include "driver/options.h"
#include "gotool/go_environment.h"

namespace otel::driver {

struct Site {
  base::Runner run;
  gotool::GoEnvironment go;
  base::Path folder;  // where the go command runs: the current folder, or that of -C
  base::Path cache;   // otel's cache folder
  std::string self;   // path of otel
  Options options;
};

}  // namespace otel::driver
