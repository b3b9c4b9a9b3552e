// SPDX-License-Identifier: Apache-2.0
//
// Trims otel's cache directory. An entry is a file, a link or a directory in one of the
// cache's own directories (plans/, generated/, …) and is used as a whole. Every use of an entry marks it
// (mark_used), at most once an hour; entries that were not used for days are removed, as in cmd/go's own
// cache (cmd/go/internal/cache.Trim). Everything in the cache can be made again, so a build that misses
// something makes it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/files.h"

namespace otel::base {

struct CacheEntry {
  Path path;
  std::uint64_t bytes = 0;   // of all its files
  std::int64_t used_ns = 0;  // since 1970: the newest time of its files
};

// All entries of a cache directory, sorted by path. What isn't otel's own is not among them.
std::vector<CacheEntry> list_cache(const Path& cache);

// The entries to remove: those not used for five days, and if the rest is larger than `most_bytes`,
// the least recently used ones. Entries used within two hours stay: a build may need them.
std::vector<CacheEntry> choose_unused(std::vector<CacheEntry> entries, std::int64_t now_ns,
                                      std::uint64_t most_bytes);

inline constexpr std::uint64_t kMostCacheBytes = std::uint64_t{512} << 20;

// Removes the unused entries, if a day has passed since that was last done here. A cache that can't be
// written to stays as it is.
void remove_unused_entries(const Path& cache);

// Removes these entries.
void remove_entries(const std::vector<CacheEntry>& entries);

// "12.3 MB"
std::string bytes_text(std::uint64_t bytes);

}  // namespace otel::base
