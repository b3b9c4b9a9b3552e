// SPDX-License-Identifier: Apache-2.0
//
// What the fuzz targets share. A target throws away what may be thrown, base::Error, and ends the process at
// anything that must not be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace otel::fuzz {

// What must hold, with words for the report.
inline void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace otel::fuzz
