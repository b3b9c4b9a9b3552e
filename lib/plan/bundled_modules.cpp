// SPDX-License-Identifier: Apache-2.0
#include "plan/bundled_modules.h"

#include <cstdlib>

namespace otel::plan {

std::optional<base::Path> find_bundled_modules(const std::string& self) {
  std::error_code unreadable;
  if (const char* named = std::getenv("OTEL_GO_MODULES"); named && *named) {
    auto folder = std::filesystem::absolute(named);
    return std::filesystem::is_directory(folder, unreadable) ? std::optional(folder) : std::nullopt;
  }
  auto beside = base::Path(self).parent_path();
  for (const auto& folder : {beside.parent_path() / "share" / "otel" / "modules", beside / "modules"})
    if (std::filesystem::is_directory(folder, unreadable)) return folder;
  return std::nullopt;
}

}  // namespace otel::plan
