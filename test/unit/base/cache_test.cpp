// SPDX-License-Identifier: Apache-2.0
#include "base/cache.h"

#include "base/clock.h"
#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::base {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

void write_aged(const Path& path, std::string_view text, std::int64_t age) {
  write_file(path, text);
  set_age(path, age);
}

std::vector<std::string> names_of(const std::vector<CacheEntry>& entries, const Path& cache) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.path.lexically_relative(cache).string());
  return names;
}

TEST_CASE("entries of a cache are files, links and whole directories, and nothing of others") {
  ScratchDirectory cache;
  write_aged(cache / "plans/a", "1234", 7 * kDay);
  write_aged(cache / "modules/m/go.mod", "12", 7 * kDay);
  write_aged(cache / "modules/m/deep/go.sum", "123", kDay);
  std::filesystem::create_directories(cache / "fetched");
  std::filesystem::create_directory_symlink(cache / "modules", cache / "fetched/link");
  write_file(cache / "documents/thesis", "1");
  write_file(cache / "trim.txt", "1");
  auto entries = list_cache(cache.path());
  CHECK(names_of(entries, cache.path()) == std::vector<std::string>{"fetched/link", "modules/m", "plans/a"});
  CHECK(entries[1].bytes == 5);
  CHECK(now_ns() - entries[1].used_ns < 2 * kDay * 1'000'000'000);  // the newest counts
  CHECK(entries[2].bytes == 4);
  remove_entries(entries);
  CHECK(list_cache(cache.path()).empty());
  CHECK(read_file(cache / "documents/thesis") == "1");
  CHECK(list_cache(cache / "none").empty());
}

TEST_CASE("what goes from a cache") {
  const std::int64_t now = 100 * kDay * 1'000'000'000;
  auto entry = [&](const char* name, std::uint64_t bytes, std::int64_t age) {
    return CacheEntry{name, bytes, now - age * 1'000'000'000};
  };
  std::vector<CacheEntry> all = {entry("now", 10, 0),         entry("hour", 10, kHour),
                                 entry("day", 10, kDay),      entry("four", 10, 4 * kDay),
                                 entry("five", 10, 5 * kDay), entry("six", 10, 6 * kDay),
                                 entry("ahead", 10, -kDay)};
  struct {
    std::uint64_t most;
    std::vector<std::string> gone;
  } const cases[] = {
      {1000, {"six"}},
      {60, {"six"}},
      {50, {"six", "five"}},
      {45, {"six", "five", "four"}},
      {30, {"six", "five", "four", "day"}},
      {0, {"six", "five", "four", "day"}},  // what may be in use stays
  };
  for (const auto& c : cases) {
    CAPTURE(c.most);
    CHECK(names_of(choose_unused(all, now, c.most), "") == c.gone);
  }
}

TEST_CASE("a cache is trimmed once a day") {
  ScratchDirectory cache;
  auto old = cache / "plans/old";
  auto trim = [&](const char* last) {
    write_aged(old, "x", 6 * kDay);
    if (last) write_file(cache / "trim.txt", last);
    remove_unused_entries(cache.path());
    return !read_stamp(old);
  };
  CHECK(trim(nullptr));
  CHECK_FALSE(trim(nullptr));
  CHECK(trim("12345\n"));
  CHECK(trim("99999999999\n"));  // a clock that was ahead
  CHECK(trim("nonsense"));
  CHECK(trim(""));
  CHECK_FALSE(trim(nullptr));
}

TEST_CASE("bytes for people") {
  CHECK(bytes_text(0) == "0.0 kB");
  CHECK(bytes_text(999'949) == "999.9 kB");
  CHECK(bytes_text(12'345'678) == "12.3 MB");
}

}  // namespace
}  // namespace otel::base
