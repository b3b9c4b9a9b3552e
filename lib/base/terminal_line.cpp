// SPDX-License-Identifier: Apache-2.0
#include "base/terminal_line.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace otel::base {
namespace {

std::atomic<bool> drawn = false;
std::atomic<bool> closed = false;
static_assert(std::atomic<bool>::is_always_lock_free, "for signal handlers");

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

std::size_t terminal_width() {
  struct winsize size {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

// The longest beginning of that many bytes that doesn't end within a character.
std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

bool in_foreground() {
  return ::tcgetpgrp(STDERR_FILENO) == ::getpgrp();
}

}  // namespace

bool can_show_line() {
  const char* term = std::getenv("TERM");
  return term && *term && std::string_view(term) != "dumb" && !is_set("CI") && ::isatty(STDOUT_FILENO) &&
         ::isatty(STDERR_FILENO);
}

void draw_line(std::string_view text) {
  if (closed || !in_foreground()) return;
  // The last column stays free, or some terminals go on to the next line.
  bool plain = is_set("NO_COLOR");
  std::string bytes = "\r";
  if (!plain) bytes += "\033[2m";
  bytes += cut(text, terminal_width() - 1);
  if (!plain) bytes += "\033[0m";
  bytes += "\033[K\r";
  drawn = true;
  [[maybe_unused]] ssize_t ignored = ::write(STDERR_FILENO, bytes.data(), bytes.size());
  // A signal may have come between.
  if (closed) erase_line();
}

void erase_line() {
  if (!drawn.exchange(false)) return;
  int saved_errno = errno;
  static constexpr char kErase[] = "\r\033[K";
  [[maybe_unused]] ssize_t ignored = ::write(STDERR_FILENO, kErase, sizeof kErase - 1);
  errno = saved_errno;
}

void close_line() {
  closed = true;
  erase_line();
}

}  // namespace otel::base
