// SPDX-License-Identifier: Apache-2.0
//
// The output of `go env` in the directory where a command runs.
#pragma once

#include <string>
#include <vector>

#include "base/process.h"

namespace otel::gotool {

struct GoEnvironment {
  std::string go;            // path of the go command
  std::string version;       // GOVERSION, "go1.26.8"
  std::string goroot;        // GOROOT
  std::string module_file;   // GOMOD: path of go.mod, os.DevNull outside a module, empty in GOPATH mode
  std::string work_file;     // GOWORK: path of go.work, empty or "off" if there is none
  std::string goflags;       // GOFLAGS
  std::string cache;         // GOCACHE
  std::string module_cache;  // GOMODCACHE
  std::string all;  // the whole output with everything else that affects a build graph; for fingerprints
};

// The variables of `go env` that shape what is built, and so whether an earlier plan is still right.
const std::vector<std::string>& environment_names();

// The value of one of these; empty for another name.
std::string find_variable(const GoEnvironment& environment, std::string_view name);

// Where `directory` is empty the present one is meant. Throws an Error if go cannot run there.
GoEnvironment read_go_environment(const base::Runner& run, const std::string& go,
                                  const base::Path& directory);

// "go1.26.8" or "devel go1.27-abc X:exp" → {1, 26}; {0, 0} without a version.
struct GoRelease {
  int major = 0;
  int minor = 0;
  auto operator<=>(const GoRelease&) const = default;
};
GoRelease parse_go_release(std::string_view version);

}  // namespace otel::gotool
