// SPDX-License-Identifier: Apache-2.0
#include "base/foreground.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal_line.h"

namespace otel::base {
namespace {

constexpr int kForwarded[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};

volatile sig_atomic_t child_process = 0;

void forward_signal(int signal, siginfo_t* info, void*) {
  int saved_errno = errno;
  close_line();
  // What the keyboard sends, the kernel sends to the whole group.
  bool of_keyboard = (signal == SIGINT || signal == SIGQUIT) && info->si_code != SI_USER;
  if (!of_keyboard && child_process > 0) ::kill(child_process, signal);
  errno = saved_errno;
}

// Signals that are handled while the object lives. A handler, unlike "ignore", isn't inherited by a program;
// what was ignored before (nohup) stays so.
class SignalForwarding {
 public:
  SignalForwarding() {
    struct sigaction action {};
    action.sa_sigaction = forward_signal;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < std::size(kForwarded); ++i) {
      ::sigaction(kForwarded[i], nullptr, &before_[i]);
      if (before_[i].sa_handler != SIG_IGN) ::sigaction(kForwarded[i], &action, nullptr);
    }
  }
  ~SignalForwarding() {
    child_process = 0;
    for (std::size_t i = 0; i < std::size(kForwarded); ++i) ::sigaction(kForwarded[i], &before_[i], nullptr);
  }
  SignalForwarding(const SignalForwarding&) = delete;
  SignalForwarding& operator=(const SignalForwarding&) = delete;

 private:
  struct sigaction before_[std::size(kForwarded)] = {};
};

// Signals wait while the object lives: none may come between a program's start and our knowing its number.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigemptyset(&all);
    for (int signal : kForwarded) sigaddset(&all, signal);
    ::pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~BlockedSignals() { release(); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;
  void release() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

int run_foreground(const Command& command, const std::function<void()>& started) {
  SignalForwarding forwarding;
  pid_t child = -1;
  {
    BlockedSignals blocked;
    child = ::fork();
    if (child == 0) {
      blocked.release();
      try {
        exec_command(command);
      } catch (const Error& error) {
        fmt::print(stderr, "{}", error.render());
      }
      ::_exit(kExitError);
    }
    child_process = child;
  }
  if (child < 0) throw Error(fmt::format("cannot run {}: {}", command.arguments[0], std::strerror(errno)));
  if (started) started();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      throw Error(fmt::format("cannot wait for {}: {}", command.arguments[0], std::strerror(errno)));
  return status;
}

void end_as(int wait_status) {
  std::fflush(nullptr);
  if (!WIFSIGNALED(wait_status)) ::_exit(WEXITSTATUS(wait_status));
  // The core that matters, if any, is the program's.
  struct rlimit none = {0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  int signal = WTERMSIG(wait_status);
  ::signal(signal, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  ::raise(signal);
  ::_exit(128 + signal);
}

}  // namespace otel::base
