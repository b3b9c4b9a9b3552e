// SPDX-License-Identifier: Apache-2.0
#include "plan/bundled_modules.h"

#include <cstdlib>

namespace otel::plan {

std::optional<base::Path> find_bundled_modules(const std::string& self) {
  if (const char* named = std::getenv("OTEL_GO_MODULES"); named && *named) {
    auto directory = base::find_absolute(named);
    return base::find_directory(directory) ? std::optional(directory) : std::nullopt;
  }
  auto beside = base::Path(self).parent_path();
  for (const auto& directory : {beside.parent_path() / "share" / "otel" / "modules", beside / "modules"})
    if (base::find_directory(directory)) return directory;
  return std::nullopt;
}

}  // namespace otel::plan
