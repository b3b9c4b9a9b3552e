// SPDX-License-Identifier: Apache-2.0
//
// The Go module that woven programs link.
#pragma once

#include <string_view>

namespace otel::gocode {

inline constexpr std::string_view kSupportModule = "otel.runtime";

// Where go is shown it, though there is no such directory: the same on each machine and for each project.
// go's action IDs cover the directories of packages, so all projects share what is compiled of it.
inline constexpr std::string_view kSupportDirectory = "/otel.runtime";

}  // namespace otel::gocode
