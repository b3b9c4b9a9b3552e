// SPDX-License-Identifier: Apache-2.0
//
// What tests of the disk and of the environment need: both are as they were when the object is gone.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace otel {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "otel_unit.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Gives a file, a link or a directory another time: so many seconds ago.
inline void set_age(const std::filesystem::path& path, std::int64_t seconds) {
  timespec then[2] = {};
  ::clock_gettime(CLOCK_REALTIME, &then[0]);
  then[0].tv_sec -= seconds;
  then[1] = then[0];
  if (::utimensat(AT_FDCWD, path.c_str(), then, AT_SYMLINK_NOFOLLOW) != 0) std::abort();
}

class EnvironmentVariable {
 public:
  EnvironmentVariable(const char* name, const std::optional<std::string>& value) : name_(name) {
    if (const char* present = std::getenv(name)) before_ = present;
    set(value);
  }
  ~EnvironmentVariable() { set(before_); }
  EnvironmentVariable(const EnvironmentVariable&) = delete;
  EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;

 private:
  void set(const std::optional<std::string>& value) {
    if (value)
      ::setenv(name_, value->c_str(), 1);
    else
      ::unsetenv(name_);
  }

  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace otel
