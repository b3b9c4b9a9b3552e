// SPDX-License-Identifier: Apache-2.0
//
// The story of one tool process: go runs `otel toolexec PLANS COUNT [user's -toolexec words] tool
// arguments…`. A tool without our marker is exec'd at once; a compile with it gets woven sources and is
// exec'd then.
#pragma once

#include <string_view>
#include <vector>

namespace otel::driver {

// argv of the process, with "toolexec" at [1]. Returns only by an Error.
[[noreturn]] void run_toolexec(char** argv);

}  // namespace otel::driver
