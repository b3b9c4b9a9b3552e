// SPDX-License-Identifier: Apache-2.0
//
// The time of day, as traces of Chrome's format tell it.
#pragma once

#include <chrono>
#include <cstdint>

namespace otel::base {

// Microseconds since 1970, UTC.
inline std::int64_t now_us() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace otel::base
