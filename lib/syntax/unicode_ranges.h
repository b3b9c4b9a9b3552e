// SPDX-License-Identifier: Apache-2.0
//
// The code points beyond ASCII of Unicode's categories L and Nd, for unicode.cpp.
#pragma once

#include <cstddef>

namespace otel::syntax {

struct RuneRange {
  char32_t first;
  char32_t last;  // belongs to it
};

extern const char kUnicodeVersion[];
extern const RuneRange kLetterRanges[];  // ascending, disjoint
extern const std::size_t kLetterRangeCount;
extern const RuneRange kDigitRanges[];  // ascending, disjoint
extern const std::size_t kDigitRangeCount;

}  // namespace otel::syntax
