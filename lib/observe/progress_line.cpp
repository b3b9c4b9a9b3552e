// SPDX-License-Identifier: Apache-2.0
#include "observe/progress_line.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/terminal_line.h"
#include "observe/stage_clock.h"

namespace otel::observe {
namespace {

constexpr std::int64_t kPatienceUs = 1'000'000;
// Also how long a tool waits at most before its messages are shown.
constexpr std::chrono::milliseconds kTick(30);

class StageText : public ProgressText {
 public:
  std::optional<std::string> next() override {
    auto stage = current_stage();
    return stage.empty() ? std::nullopt : std::optional(stage);
  }
};

void end_by(int signal) {
  base::close_line();
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

// Ctrl-Z: the shell writes where the line is. Whether we stop is the default's to decide: where no shell
// could continue us, nothing happens.
void stop_by(int signal) {
  base::erase_line();
  struct sigaction standard {};
  struct sigaction own {};
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  ::sigaction(signal, &standard, &own);
  sigset_t one;
  sigset_t before;
  sigemptyset(&one);
  sigaddset(&one, signal);
  ::raise(signal);
  ::pthread_sigmask(SIG_UNBLOCK, &one, &before);
  // Continued.
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::sigaction(signal, &own, nullptr);
}

// Whether git and ssh may ask for a password at the terminal, which go forbids unless configured
// otherwise (cmd/go/internal/vcs).
bool may_ask_password() {
  auto value = [](const char* variable) {
    const char* text = std::getenv(variable);
    return std::string_view(text ? text : "");
  };
  auto prompt = value("GIT_TERMINAL_PROMPT");
  return (!prompt.empty() && prompt != "0") || !value("GIT_SSH").empty() || !value("GIT_SSH_COMMAND").empty();
}

// The record of a build's tools is there; go itself may use another directory (GOTMPDIR).
bool can_keep_record() {
  return ::access(base::find_temporary_directory().c_str(), W_OK | X_OK) == 0;
}

}  // namespace

// Signals that are handled while the object lives; what was ignored stays so.
class ProgressLine::Handlers {
 public:
  explicit Handlers(OnSignal on_signal) {
    handle(SIGTSTP, stop_by);
    if (on_signal == OnSignal::End)
      for (int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP}) handle(signal, end_by);
  }
  ~Handlers() {
    for (const auto& [signal, action] : before_) ::sigaction(signal, &action, nullptr);
  }
  Handlers(const Handlers&) = delete;
  Handlers& operator=(const Handlers&) = delete;

 private:
  void handle(int signal, void (*handler)(int)) {
    struct sigaction before {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) return;
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
    before_.emplace_back(signal, before);
  }

  std::vector<std::pair<int, struct sigaction>> before_;
};

std::unique_ptr<ProgressText> stage_text() {
  return std::make_unique<StageText>();
}

bool ProgressLine::is_wanted(const cli::Options& options) {
  return options.progress && base::can_show_line() && !may_ask_password() && can_keep_record();
}

ProgressLine::ProgressLine(std::unique_ptr<ProgressText> text, std::int64_t since_us, OnSignal on_signal)
    : text_(std::move(text)),
      since_us_(since_us),
      handlers_(std::make_unique<Handlers>(on_signal)),
      thread_([this] { run(); }) {}

ProgressLine::~ProgressLine() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stopping_.notify_one();
  thread_.join();
  base::erase_line();
  text_->erased();
}

void ProgressLine::run() {
  std::string shown;
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, kTick, [this] { return stopped_; })) {
    auto waited = base::now_us() - since_us_;
    if (waited < kPatienceUs) continue;
    auto text = text_->next();
    auto line = text ? fmt::format("otel: {}, {}s", *text, waited / 1'000'000) : "";
    if (line != shown) {
      shown = line;
      if (text) {
        base::draw_line(line);
      } else {
        base::erase_line();
        text_->erased();
      }
    }
    if (text_->is_over()) return;
  }
}

}  // namespace otel::observe
