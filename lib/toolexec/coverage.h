// SPDX-License-Identifier: Apache-2.0
//
// What otel adds to a build is not the user's to cover, and `go tool cover` reads past the overlay that shows
// most of it. So those files reach the compiler as they are.
#pragma once

#include <string>

#include "base/files.h"
#include "gotool/cover_command.h"

namespace otel::toolexec {

// Writes the output files that stand for files of ours, and returns the command for the others. `cache` is
// otel's cache folder, where all files of ours lie; `overlay` is the build's.
gotool::CoverCommand write_uncovered_files(const gotool::CoverCommand& command, const base::Path& cache,
                                           const base::Path& overlay);

}  // namespace otel::toolexec
