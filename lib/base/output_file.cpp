// SPDX-License-Identifier: Apache-2.0
#include "base/output_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.h"

namespace otel::base {
namespace {

Error cannot_write(const Path& path) {
  return Error(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
}

}  // namespace

OutputFile::OutputFile(const Path& path) : path_(find_absolute(path)) {
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  made_ = fd_ >= 0;
  if (fd_ < 0) fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd_ < 0) throw cannot_write(path);
}

OutputFile::~OutputFile() {
  ::close(fd_);
  if (made_) ::unlink(path_.c_str());
}

void OutputFile::write(std::string_view text) {
  // A device or a pipe has no length to cut.
  if (::ftruncate(fd_, 0) != 0 && errno != EINVAL) throw cannot_write(path_);
  made_ = false;
  while (!text.empty()) {
    ssize_t n = ::write(fd_, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw cannot_write(path_);
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

}  // namespace otel::base
