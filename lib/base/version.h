// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otel::base {

// This release of otel, without a leading v: "0.1.0".
std::string_view otel_version();

}  // namespace otel::base
