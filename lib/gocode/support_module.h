// SPDX-License-Identifier: Apache-2.0
//
// The Go module that woven programs link.
#pragma once

#include <string_view>

namespace otel::gocode {

inline constexpr std::string_view kSupportModule = "otel.runtime";

}  // namespace otel::gocode
