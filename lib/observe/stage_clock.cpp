// SPDX-License-Identifier: Apache-2.0
#include "observe/stage_clock.h"

#include <mutex>

#include "base/clock.h"

namespace otel::observe {
namespace {

std::mutex mutex;
std::vector<StageTime> ended;
StageTime current;

void end_current(std::int64_t now) {
  if (current.name.empty()) return;
  current.end_us = now;
  ended.push_back(current);
  current = {};
}

}  // namespace

void begin_stage(std::string_view name) {
  auto now = base::now_us();
  std::lock_guard lock(mutex);
  end_current(now);
  current = {std::string(name), now, 0};
}

void end_stages() {
  auto now = base::now_us();
  std::lock_guard lock(mutex);
  end_current(now);
}

std::string current_stage() {
  std::lock_guard lock(mutex);
  return current.name;
}

std::vector<StageTime> ended_stages() {
  std::lock_guard lock(mutex);
  return ended;
}

}  // namespace otel::observe
