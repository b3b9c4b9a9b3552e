// SPDX-License-Identifier: Apache-2.0
#include "preprocess/ownership.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

#include "base/error.h"

namespace otel::preprocess {
namespace {

using base::Path;

constexpr unsigned kRoot = 0;

std::string normal(const Path& path) {
  auto text = path.lexically_normal().string();
  if (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

}  // namespace

Ownership::Ownership(Reader read, std::set<unsigned> trusted, std::vector<std::string> safe)
    : read_(std::move(read)), trusted_(std::move(trusted)), safe_(std::move(safe)) {
  trusted_.insert(kRoot);
}

Ownership Ownership::of_process(const std::vector<std::string>& safe) {
  std::set<unsigned> trusted = {::geteuid()};
  const char* caller = ::geteuid() == kRoot ? std::getenv("SUDO_UID") : nullptr;
  unsigned id = 0;
  if (caller && std::from_chars(caller, caller + std::strlen(caller), id).ec == std::errc())
    trusted.insert(id);
  return {base::read_owner, std::move(trusted), safe};
}

std::optional<Path> Ownership::find_foreign(const Path& path) const {
  bool safe = std::any_of(safe_.begin(), safe_.end(), [&](const std::string& directory) {
    return directory == "*" || base::is_within(normal(path), normal(base::find_absolute(directory)));
  });
  if (safe) return std::nullopt;
  auto is_foreign = [&](const Path& at, bool of_link) {
    auto owner = read_(at, of_link);
    return owner && !trusted_.count(*owner);
  };
  if (is_foreign(path, false) || is_foreign(path, true)) return path;
  if (is_foreign(path.parent_path(), false)) return path.parent_path();
  return std::nullopt;
}

bool Ownership::is_own(const Path& path) const {
  return !find_foreign(path);
}

void Ownership::check(const Path& file) const {
  auto foreign = find_foreign(file);
  if (!foreign) return;
  auto subject = *foreign == file ? file.string() : fmt::format("the directory of {}", file.string());
  throw base::Error(fmt::format("{} belongs to another user (id {})", subject,
                                read_(*foreign, false).value_or(read_(*foreign, true).value_or(0))))
      .hint(fmt::format("to use it, allow it with --safe-directory {} or OTEL_GO_SAFE_DIRECTORY",
                        file.parent_path().string()));
}

}  // namespace otel::preprocess
