// SPDX-License-Identifier: Apache-2.0
//
// The story of one tool process: go runs `otel toolexec PLANS COUNT [user's -toolexec words] tool
// arguments…`. A tool without our marker is exec'd at once. A compile with it is run on woven sources; if
// that fails, it is run on the user's, whose messages are the right ones.
#pragma once

#include <string_view>
#include <vector>

namespace otel::toolexec {

// argv of the process, with "toolexec" at [1]. Returns only by an Error.
[[noreturn]] void run_toolexec(char** argv);

}  // namespace otel::toolexec
