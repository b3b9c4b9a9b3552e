// SPDX-License-Identifier: Apache-2.0
//
// The stages of otel's own work and how long each took: for the progress line, --trace-build
// and --report. The stages are consecutive, so there is one clock for all of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otel::observe {

struct StageTime {
  std::string name;
  std::int64_t begin_us = 0;  // since 1970
  std::int64_t end_us = 0;
};

// Ends the stage before.
void begin_stage(std::string_view name);
// Ends the last one.
void end_stages();
// Empty if there is none.
std::string current_stage();
// Those that have ended, in their order.
std::vector<StageTime> ended_stages();

}  // namespace otel::observe
