// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"

namespace otel::base {
namespace {

// A descriptor that is closed on every way out.
class Descriptor {
 public:
  Descriptor(const Path& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  // Closes now, so that the last error a write can have is seen.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

[[noreturn]] void throw_system(std::string_view doing, const Path& path) {
  throw Error(fmt::format("cannot {} {}: {}", doing, path.string(), std::strerror(errno)));
}

std::optional<std::string> read_whole(const Path& path) {
  Descriptor file(path, O_RDONLY);
  if (file.get() < 0) return std::nullopt;
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return std::nullopt;
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return std::nullopt;
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  for (;;) {
    if (filled == bytes.size()) bytes.resize(bytes.size() + 4096);
    ssize_t n = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::nullopt;
    if (n == 0) break;
    filled += static_cast<std::size_t>(n);
  }
  bytes.resize(filled);
  return bytes;
}

bool write_whole(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// Calls for what is in a directory, in no order; for nothing more where reading fails.
template <typename Visit>
void for_each_entry(const Path& directory, const Visit& visit) {
  std::error_code failed;
  std::filesystem::directory_iterator at(directory, failed), end;
  for (; !failed && at != end; at.increment(failed)) visit(*at);
}

bool is_real_directory(const std::filesystem::directory_entry& entry) {
  std::error_code failed;
  return entry.is_directory(failed) && !entry.is_symlink(failed);
}

void add_files_below(const Path& directory, std::vector<Path>& files) {
  for_each_entry(directory, [&](const auto& entry) {
    std::error_code failed;
    if (is_real_directory(entry))
      add_files_below(entry.path(), files);
    else if (entry.is_regular_file(failed))
      files.push_back(entry.path());
  });
}

void add_directories_below(const Path& directory, const std::function<bool(std::string_view)>& enters,
                           std::vector<Path>& directories) {
  for_each_entry(directory, [&](const auto& entry) {
    if (!is_real_directory(entry)) return;
    directories.push_back(entry.path());
    if (enters(entry.path().filename().native())) add_directories_below(entry.path(), enters, directories);
  });
}

std::int64_t modified_ns(const struct stat& status) {
#ifdef __APPLE__
  const auto& modified = status.st_mtimespec;
#else
  const auto& modified = status.st_mtim;
#endif
  return static_cast<std::int64_t>(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec;
}

void replace_file(const Path& path, std::string_view bytes, bool synced) {
  if (path.has_parent_path()) write_directory(path.parent_path());
  auto beside = make_unique_path(path);
  Descriptor file(beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (file.get() < 0) throw_system("write", path);
  bool written = write_whole(file.get(), bytes);
  if (synced) written = written && ::fsync(file.get()) == 0;
  written = file.close() && written;
  if (!written || ::rename(beside.c_str(), path.c_str()) != 0) {
    int reason = errno;
    ::unlink(beside.c_str());
    errno = reason;
    throw_system("write", path);
  }
}

}  // namespace

std::string read_file(const Path& path) {
  if (auto bytes = read_whole(path)) return *std::move(bytes);
  throw_system("read", path);
}

std::optional<std::string> read_file_if_present(const Path& path) {
  auto bytes = read_whole(path);
  if (!bytes && errno != ENOENT && errno != ENOTDIR) throw_system("read", path);
  return bytes;
}

void write_file(const Path& path, std::string_view bytes) {
  if (auto present = read_whole(path); present && *present == bytes) {
    mark_used(path);
    return;
  }
  replace_file(path, bytes, false);
}

void write_file_synced(const Path& path, std::string_view bytes) {
  replace_file(path, bytes, true);
}

Path make_unique_path(const Path& path) {
  std::random_device random;
  Path unique = path;
  unique += fmt::format(".{}.{:08x}{:08x}.tmp", ::getpid(), random(), random());
  return unique;
}

void write_directory(const Path& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed && !find_directory(path))
    throw Error(fmt::format("cannot create directory {}: {}", path.string(), failed.message()));
}

void write_link(const Path& target, const Path& link) {
  if (::symlink(target.c_str(), link.c_str()) == 0) return;
  int reason = errno;
  if (read_link(link)) return;
  errno = reason;
  throw_system("make", link);
}

bool write_moved(const Path& from, const Path& to) {
  return ::rename(from.c_str(), to.c_str()) == 0;
}

std::vector<Path> list_files_below(const Path& directory) {
  std::vector<Path> files;
  add_files_below(directory, files);
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Path> list_directories_below(const Path& directory,
                                         const std::function<bool(std::string_view)>& enters) {
  std::vector<Path> directories;
  add_directories_below(directory, enters, directories);
  std::sort(directories.begin(), directories.end());
  return directories;
}

void remove_tree(const Path& path) {
  auto away = make_unique_path(path);
  bool moved = write_moved(path, away);
  std::error_code failed;
  std::filesystem::remove_all(moved ? away : path, failed);
}

bool mark_used(const Path& path) {
  constexpr std::int64_t kHour = 3'600'000'000'000;
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || now_ns() - modified_ns(status) < kHour) return false;
  return ::utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW) == 0;
}

std::optional<unsigned> read_owner(const Path& path, bool of_link) {
  struct stat status {};
  int failed = of_link ? ::lstat(path.c_str(), &status) : ::stat(path.c_str(), &status);
  return failed ? std::nullopt : std::optional<unsigned>(status.st_uid);
}

bool find_any(const Path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

bool find_directory(const Path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool find_file(const Path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::optional<Path> read_link(const Path& link) {
  std::error_code failed;
  auto target = std::filesystem::read_symlink(link, failed);
  return failed ? std::nullopt : std::optional(target);
}

std::optional<Path> find_real_path(const Path& path) {
  std::error_code failed;
  auto real = std::filesystem::canonical(path, failed);
  return failed ? std::nullopt : std::optional(real);
}

bool find_same(const Path& path, const Path& other) {
  struct stat one {
  }, two{};
  return ::stat(path.c_str(), &one) == 0 && ::stat(other.c_str(), &two) == 0 && one.st_dev == two.st_dev &&
         one.st_ino == two.st_ino;
}

Path find_current_directory() {
  std::error_code failed;
  auto directory = std::filesystem::current_path(failed);
  if (failed) throw Error(fmt::format("cannot find the current directory: {}", failed.message()));
  return directory;
}

Path find_absolute(const Path& path) {
  return path.is_absolute() ? path : find_current_directory() / path;
}

Path find_temporary_directory() {
  const char* chosen = std::getenv("TMPDIR");
  return find_absolute(chosen && *chosen ? chosen : "/tmp");
}

std::optional<FileStamp> read_stamp(const Path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{static_cast<std::uint64_t>(status.st_size), modified_ns(status)};
}

std::optional<FileStamp> read_link_stamp(const Path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{static_cast<std::uint64_t>(status.st_size), modified_ns(status)};
}

std::vector<std::string> list_directory(const Path& path) {
  std::vector<std::string> names;
  for_each_entry(path, [&](const auto& entry) {
    std::error_code failed;
    names.push_back(entry.path().filename().string() + (entry.is_directory(failed) ? "/" : ""));
  });
  std::sort(names.begin(), names.end());
  return names;
}

namespace {

std::optional<Path> user_cache_directory() {
  if (const char* chosen = std::getenv("XDG_CACHE_HOME"); chosen && *chosen == '/') return Path(chosen);
  const char* home = std::getenv("HOME");
  if (!home || *home != '/') return std::nullopt;
#ifdef __APPLE__
  return Path(home) / "Library" / "Caches";
#else
  return Path(home) / ".cache";
#endif
}

// Why nothing can be written in a directory, which is made first; nothing if it can.
std::optional<std::string> refuse_directory(const Path& directory) {
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (!failed && ::access(directory.c_str(), W_OK | X_OK) != 0) failed.assign(errno, std::generic_category());
  return failed ? std::optional(fmt::format("{}: {}", directory.string(), failed.message())) : std::nullopt;
}

}  // namespace

Path find_cache_directory(const std::optional<std::string>& fallback) {
  if (const char* chosen = std::getenv("OTEL_GO_CACHE"); chosen && *chosen) {
    Path directory = find_absolute(chosen);
    auto refused = refuse_directory(directory);
    if (!refused) return directory;
    throw Error("cannot write to the cache directory " + *refused)
        .hint("set OTEL_GO_CACHE to a writable directory");
  }
  std::vector<Path> candidates;
  if (auto user = user_cache_directory()) candidates.push_back(*user / "otel");
  if (fallback) candidates.push_back(Path(*fallback) / "otel");
  std::vector<std::string> tried;
  for (const auto& directory : candidates) {
    auto refused = refuse_directory(directory);
    if (!refused) return directory;
    tried.push_back(*refused);
  }
  throw Error(
      fmt::format("no writable cache directory ({})", tried.empty() ? "HOME is not set" : join(tried, ", ")))
      .hint("set OTEL_GO_CACHE to one");
}

bool is_within(std::string_view path, std::string_view directory) {
  if (directory == "/") return path.starts_with(directory);
  return !directory.empty() && path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

namespace {

class Disk final : public FileSystem {
 public:
  std::optional<std::string> read_file_if_present(const Path& path) const override {
    return base::read_file_if_present(path);
  }
  std::optional<FileStamp> read_stamp(const Path& path) const override { return base::read_stamp(path); }
  std::vector<std::string> list_directory(const Path& path) const override {
    return base::list_directory(path);
  }
  bool find_directory(const Path& path) const override { return base::find_directory(path); }
  bool find_link(const Path& path) const override { return base::read_link(path).has_value(); }
  std::optional<Path> find_real_path(const Path& path) const override { return base::find_real_path(path); }
  void write_file(const Path& path, std::string_view bytes) const override { base::write_file(path, bytes); }
  void write_file_synced(const Path& path, std::string_view bytes) const override {
    base::write_file_synced(path, bytes);
  }
  std::vector<Path> list_files_below(const Path& directory) const override {
    return base::list_files_below(directory);
  }
  bool write_moved(const Path& from, const Path& to) const override { return base::write_moved(from, to); }
  void remove_tree(const Path& path) const override { base::remove_tree(path); }
  bool mark_used(const Path& path) const override { return base::mark_used(path); }
};

}  // namespace

std::string FileSystem::read_file(const Path& path) const {
  if (auto bytes = read_file_if_present(path)) return *std::move(bytes);
  throw Error(fmt::format("cannot read {}: {}", path.string(), std::strerror(ENOENT)));
}

const FileSystem& disk() {
  static const Disk disk;
  return disk;
}

}  // namespace otel::base
