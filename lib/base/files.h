// SPDX-License-Identifier: Apache-2.0
//
// The disk, as otel uses it: whole files in, whole files out, and a write is either complete or not there.
// Failures are Errors that name the path and what the system said.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::base {

using Path = std::filesystem::path;

std::string read_file(const Path& path);
std::optional<std::string> read_file_if_present(const Path& path);

// Makes the missing folders, writes beside the target and renames: a reader sees the old text or the new one.
// A file that already holds these bytes is left alone, time stamp included.
void write_file(const Path& path, std::string_view bytes);

// What tells whether a file may have changed; nothing if it isn't there.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  bool operator==(const FileStamp&) const = default;
};
std::optional<FileStamp> read_stamp(const Path& path);

// The names in a folder, sorted; folders end in '/'. Empty if there is no such folder.
std::vector<std::string> list_folder(const Path& path);

// Where otel keeps what it may lose: $OTEL_GO_CACHE, else "otel" beneath the user's cache folder as
// os.UserCacheDir finds it ($XDG_CACHE_HOME, ~/.cache, ~/Library/Caches), else beneath `fallback` (the go
// command's own cache, which exists wherever a build does). An Error if none of them can be written to.
Path find_cache_folder(const std::optional<std::string>& fallback);

// Whether the path is that of the folder or of something beneath it, as text: nothing is looked up. Nothing
// lies in a folder without a name.
bool lies_in(std::string_view path, std::string_view folder);

}  // namespace otel::base
