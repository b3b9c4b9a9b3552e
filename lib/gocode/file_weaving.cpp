// SPDX-License-Identifier: Apache-2.0
#include "gocode/file_weaving.h"

#include <fmt/format.h>

#include "base/error.h"

namespace otel::gocode {

void FileWeaving::add_point(const std::string& rule, std::size_t offset, std::string refused) {
  points.push_back({rule, file.source.path(), file.source.position(offset), std::move(refused)});
}

std::optional<std::string> FileWeaving::woven() const {
  if (edits.empty()) return std::nullopt;
  auto all = edits;
  auto bytes = file.source.bytes();
  if (!functions.empty())
    all.insert(file.outline.package_end, fmt::format("; import {} \"unsafe\"", compilation.unsafe()));
  if (auto appended = functions + declarations; !appended.empty()) {
    bool ended = !bytes.empty() && bytes.back() == '\n';
    all.insert(bytes.size(), (ended ? "\n" : "\n\n") + appended);
  }
  if (!all.keeps_lines(bytes))
    throw base::InternalError(fmt::format("weaving moves lines of {}", file.source.path()));
  return all.apply(bytes);
}

}  // namespace otel::gocode
