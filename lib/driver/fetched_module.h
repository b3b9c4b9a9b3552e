// SPDX-License-Identifier: Apache-2.0
//
// `go install pkg@version` as an install in that module's own directory, where a file can be added to the
// main package. The directory lies in the module cache, beneath which go takes no overlay, so it is entered
// through a link in otel's cache; the binary records the module's own path and version.
#pragma once

#include <optional>
#include <string>

#include "gotool/build_request.h"
#include "gotool/toolchain.h"

namespace otel::driver {

struct FetchedInstall {
  gotool::Toolchain toolchain;   // of the link
  gotool::BuildRequest request;  // names directories of the module
};

// Nothing where go's own command must do: flags that have a meaning of their own there, a module without a
// go.mod or with one that go refuses or reads otherwise (cmd/go, "go help install"), a package not found.
std::optional<FetchedInstall> fetch_install(const gotool::Toolchain& toolchain, const base::Path& cache,
                                            const gotool::BuildRequest& request);

}  // namespace otel::driver
