// SPDX-License-Identifier: Apache-2.0
#include "base/cache.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"

namespace otel::base {
namespace {

// The directories of entries. A cache directory that the user chose may hold other things, which are not
// touched.
constexpr std::array<const char*, 9> kDirectories = {
    "fetched", "generated", "graphs", "modules", "packages", "plans", "proxy", "runtimes", "view"};
// Holds the time of the last trim, in seconds since 1970, as the trim.txt of cmd/go's cache does.
constexpr const char* kTrimFile = "trim.txt";

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kHour = 3600 * kSecond;
constexpr std::int64_t kDay = 24 * kHour;

// Of a file or a link itself: a link's target isn't the cache's.
void add_file(const Path& path, CacheEntry& entry) {
  auto stamp = read_link_stamp(path);
  if (!stamp) return;
  entry.bytes += stamp->size;
  entry.used_ns = std::max(entry.used_ns, stamp->modified_ns);
}

CacheEntry read_entry(const Path& path) {
  CacheEntry entry{path};
  if (read_link(path) || !find_directory(path)) {
    add_file(path, entry);
    return entry;
  }
  auto files = list_files_below(path);
  for (const auto& file : files) add_file(file, entry);
  if (files.empty()) add_file(path, entry);
  return entry;
}

// Whether a day has passed; if so, the next one begins.
bool begin_trim(const Path& cache, std::int64_t now_ns) {
  auto file = cache / kTrimFile;
  const auto now = now_ns / kSecond;
  if (auto text = read_file_if_present(file)) {
    std::int64_t last = 0;
    std::from_chars(text->data(), text->data() + text->size(), last);
    if (last <= now && now - last < kDay / kSecond) return false;
  }
  write_file(file, fmt::format("{}\n", now));
  return true;
}

}  // namespace

std::vector<CacheEntry> list_cache(const Path& cache) {
  std::vector<CacheEntry> entries;
  for (const auto* directory : kDirectories)
    for (auto name : list_directory(cache / directory)) {
      if (name.back() == '/') name.pop_back();
      entries.push_back(read_entry(cache / directory / name));
    }
  return entries;
}

std::vector<CacheEntry> choose_unused(std::vector<CacheEntry> entries, std::int64_t now_ns,
                                      std::uint64_t most_bytes) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.used_ns < b.used_ns; });
  std::uint64_t bytes = 0;
  for (const auto& entry : entries) bytes += entry.bytes;
  std::vector<CacheEntry> unused;
  for (auto& entry : entries) {
    auto age = now_ns - entry.used_ns;
    if (age <= 5 * kDay && (bytes <= most_bytes || age <= 2 * kHour)) break;
    bytes -= entry.bytes;
    unused.push_back(std::move(entry));
  }
  return unused;
}

void remove_entries(const std::vector<CacheEntry>& entries) {
  for (const auto& entry : entries) remove_tree(entry.path);
}

void remove_unused_entries(const Path& cache) {
  try {
    const auto now = now_ns();
    if (!begin_trim(cache, now)) return;
    for (const auto& entry : choose_unused(list_cache(cache), now, kMostCacheBytes))
      // Another build may have come to use it meanwhile.
      if (read_entry(entry.path).used_ns == entry.used_ns) remove_tree(entry.path);
  } catch (const Error&) {
    // A cache that is read-only: nothing grows there.
  }
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

}  // namespace otel::base
