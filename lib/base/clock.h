// SPDX-License-Identifier: Apache-2.0
//
// The time of day: of traces in Chrome's format, and to compare with the times of files.
#pragma once

#include <chrono>
#include <cstdint>

namespace otel::base {

// Microseconds since 1970, UTC.
inline std::int64_t now_us() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

// Nanoseconds since 1970, UTC, as base::FileStamp has them.
inline std::int64_t now_ns() {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace otel::base
