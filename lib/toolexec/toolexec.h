// SPDX-License-Identifier: Apache-2.0
//
// One tool process: go runs `otel toolexec PLANS OVERLAY COUNT [arguments of the user's -toolexec] tool
// arguments…`. A tool without the marker is executed at once. A compile with it is run on woven sources; if
// that fails, it is run on the user's sources, so that its messages are about these.
#pragma once

#include <string_view>
#include <vector>

namespace otel::toolexec {

// argv of the process, with "toolexec" at [1]. Throws an Error or doesn't return.
[[noreturn]] void run_toolexec(char** argv);

}  // namespace otel::toolexec
