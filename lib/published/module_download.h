// SPDX-License-Identifier: Apache-2.0
//
// The published module in the module cache, for builds of programs that require it: go can list their
// packages then, whatever proxies it asks.
#pragma once

#include "base/files.h"
#include "gotool/build_request.h"
#include "gotool/toolchain.h"

namespace otel::published {

// Has go put this release's version of the module into its module cache, from the proxy in otel's cache, if
// it isn't there. Without success nothing changes: go reports what it lacks.
void download_hook_module(const gotool::Toolchain& toolchain, const gotool::BuildSettings& settings,
                          const base::Path& cache, const base::FileSystem& files);

}  // namespace otel::published
