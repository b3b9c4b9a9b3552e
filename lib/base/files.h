// SPDX-License-Identifier: Apache-2.0
//
// The disk, as otel uses it: whole files in, whole files out, and a write is either complete or not there.
// Failures are Errors that name the path and what the system said. The only user of std::filesystem's
// functions: those of its functions that throw name neither what otel was doing nor a next step.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::base {

using Path = std::filesystem::path;

std::string read_file(const Path& path);
std::optional<std::string> read_file_if_present(const Path& path);

// Makes the missing directories, writes to a new file beside the target and renames it: a reader sees the old
// text or the new one. A file that already holds these bytes is not written, but counts as used
// (mark_used).
void write_file(const Path& path, std::string_view bytes);

// The same, and the bytes have reached the disk before the file has its name.
void write_file_synced(const Path& path, std::string_view bytes);

// Makes a directory and those above it that are missing.
void write_directory(const Path& path);

// Makes a symbolic link, unless there is one of that name already.
void write_link(const Path& target, const Path& link);

// Renames a file or directory, replacing a file or an empty directory of that name. False if it failed.
bool write_moved(const Path& from, const Path& to);

// A unique path in the same directory as another. Process ids are not unique among containers.
Path make_unique_path(const Path& path);

// The regular files in a directory and all directories beneath it, sorted; none if there is no such
// directory.
std::vector<Path> list_files_below(const Path& directory);

// All directories beneath one, without those that symbolic links name, sorted. What is beneath a directory is
// skipped if `enters` is false for its name, and if it can't be read.
std::vector<Path> list_directories_below(const Path& directory,
                                         const std::function<bool(std::string_view name)>& enters);

// Removes a file or a directory with its contents, renaming it first so that other processes never see half
// of it. Does nothing if it doesn't exist or can't be removed.
void remove_tree(const Path& path);

// Gives a file or a link (not its target) the time of now if its own is more than an hour old, so that
// whoever trims a cache knows it is in use. Whether it did: false as well if the file doesn't exist or can't
// be changed.
bool mark_used(const Path& path);

// Whether there is anything, a directory, a regular file, at the path, symbolic links followed. What can't be
// looked at counts as absent.
bool find_any(const Path& path);
bool find_directory(const Path& path);
bool find_file(const Path& path);

// The target of a symbolic link as written; nothing if there is no such link.
std::optional<Path> read_link(const Path& link);

// The path without symbolic links; nothing if a part of it isn't there or can't be looked at.
std::optional<Path> find_real_path(const Path& path);

// Whether two paths lead to the same file or directory.
bool find_same(const Path& path, const Path& other);

// The directory that relative paths start from, and a path from the root on.
Path find_current_directory();
Path find_absolute(const Path& path);

// Where short-lived files go: $TMPDIR, else /tmp, from the root on.
Path find_temporary_directory();

// Shows whether a file may have changed; nothing if it doesn't exist. The time is that of the last
// modification, since 1970.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  bool operator==(const FileStamp&) const = default;
};
std::optional<FileStamp> read_stamp(const Path& path);
// The same of a link itself, where the path is one.
std::optional<FileStamp> read_link_stamp(const Path& path);

// The names in a directory, sorted; directories end in '/'. Empty if there is no such directory.
std::vector<std::string> list_directory(const Path& path);

// The numeric id of the user whom a file or directory belongs to, symbolic links followed; nothing if there
// is none. `of_link` asks for that of the link itself.
std::optional<unsigned> read_owner(const Path& path, bool of_link = false);

// The seam for tests: what an analysis reads and writes files through. Each function holds what the one of
// that name in this header does, but for what is said here.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  virtual std::optional<std::string> read_file_if_present(const Path& path) const = 0;
  virtual std::optional<FileStamp> read_stamp(const Path& path) const = 0;
  virtual std::vector<std::string> list_directory(const Path& path) const = 0;
  virtual bool find_directory(const Path& path) const = 0;
  virtual bool find_link(const Path& path) const = 0;  // a symbolic link, whether its target exists or not
  virtual std::optional<Path> find_real_path(const Path& path) const = 0;
  virtual void write_file(const Path& path, std::string_view bytes) const = 0;
  virtual void write_file_synced(const Path& path, std::string_view bytes) const = 0;
  virtual std::vector<Path> list_files_below(const Path& directory) const = 0;
  virtual bool write_moved(const Path& from, const Path& to) const = 0;
  virtual void remove_tree(const Path& path) const = 0;
  virtual bool mark_used(const Path& path) const = 0;

  // An Error if there is no such file.
  std::string read_file(const Path& path) const;
  bool find_any(const Path& path) const { return read_stamp(path).has_value(); }
};

// That of this machine.
const FileSystem& disk();

// otel's cache directory: $OTEL_GO_CACHE, else "otel" in the user's cache directory as
// os.UserCacheDir finds it ($XDG_CACHE_HOME, ~/.cache, ~/Library/Caches), else beneath `fallback` (the go
// command's own cache, which exists wherever a build does). An Error if none of them can be written to.
Path find_cache_directory(const std::optional<std::string>& fallback);

// Whether the path is that of the directory or of something beneath it, as text: nothing is looked up.
// False for an empty directory name.
bool is_within(std::string_view path, std::string_view directory);

}  // namespace otel::base
