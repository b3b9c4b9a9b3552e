// SPDX-License-Identifier: Apache-2.0
#include "base/embedded.h"

#include <algorithm>

namespace otel::base {

std::optional<std::string_view> find_embedded(std::string_view path) {
  const auto& files = embedded_files();
  auto found =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->text;
}

}  // namespace otel::base
