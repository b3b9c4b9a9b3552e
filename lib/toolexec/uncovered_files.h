// SPDX-License-Identifier: Apache-2.0
//
// Files that otel adds to a build have no coverage, and `go tool cover` ignores the overlay that contains
// most of them. So those files are passed to the compiler unchanged.
#pragma once

#include <string>

#include "base/files.h"
#include "gotool/cover_command.h"

namespace otel::toolexec {

// Writes the output files for files that otel added, and returns the command for the others. `cache` is
// otel's cache directory, which has all added files; `overlay` is the build's.
gotool::CoverCommand write_uncovered_files(const gotool::CoverCommand& command, const base::Path& cache,
                                           const base::Path& overlay);

}  // namespace otel::toolexec
