// SPDX-License-Identifier: Apache-2.0
//
// The line on a terminal that shows what a build is doing, once it takes longer than a second. It is
// drawn by a thread of its own, and erased before anything else may be printed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "cli/options.h"

namespace otel::observe {

// The text of the line.
class ProgressText {
 public:
  virtual ~ProgressText() = default;
  // Nothing while there must be no line. Called only by the line's thread.
  virtual std::optional<std::string> next() = 0;
  // Whether there will be no line any more.
  virtual bool is_over() const { return false; }
  // The line was erased after next() said nothing, or for good.
  virtual void erased() {}
};

// otel's own stages, by their names.
std::unique_ptr<ProgressText> stage_text();

class ProgressLine {
 public:
  // Whether options and surroundings let there be a line at all.
  static bool is_wanted(const cli::Options& options);

  // `since_us` is when the user began to wait. Where signals `end` the process, as they do where nobody else
  // handles them, the line is erased before.
  enum class OnSignal { End, Leave };
  ProgressLine(std::unique_ptr<ProgressText> text, std::int64_t since_us, OnSignal on_signal);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  class Handlers;

  void run();

  std::unique_ptr<ProgressText> text_;
  std::int64_t since_us_;
  std::unique_ptr<Handlers> handlers_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace otel::observe
