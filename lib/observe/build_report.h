// SPDX-License-Identifier: Apache-2.0
//
// A build as one HTML page: what was woven, what was skipped and why, what was compiled and what it cost. The
// page needs nothing else, loads nothing and runs no script; it follows the reader's choice of light or dark.
#pragma once

#include <string>

#include "observe/build_record.h"

namespace otel::observe {

std::string render_build_report(const BuildRecord& record);

}  // namespace otel::observe
