// SPDX-License-Identifier: Apache-2.0
#include "preprocess/selection_filter.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/files.h"

namespace otel::preprocess {

using rules::Rule;

const PackageFiles::Files& PackageFiles::of(const gotool::Package& package) {
  auto [at, fresh] = read_.try_emplace(package.import_path);
  if (fresh)
    for (const auto& name : package.files) {
      auto path = base::Path(package.directory) / name;
      at->second.emplace_back(path.string(), disk_.read_file(package.source_of(name)));
    }
  return at->second;
}

void filter_selection(const gotool::BuildGraph& graph, plan::Selection& selection, PackageFiles& files) {
  std::map<const Rule*, std::optional<kinds::Search>> searches;
  std::set<const Rule*> kept;
  std::erase_if(selection.selected, [&](const plan::SelectedRule& entry) {
    const auto& [rule, package] = entry;
    const auto& search = searches.try_emplace(rule, kinds::search(*rule->body)).first->second;
    if (!search) return false;
    if (!search->package.empty() && !graph.find(search->package)) return true;
    const auto& read = files.of(*package);
    bool concerned = std::any_of(read.begin(), read.end(),
                                 [&](const auto& file) { return search->concerns(file.first, file.second); });
    if (concerned) kept.insert(rule);
    return !concerned;
  });
  for (const auto& [rule, search] : searches)
    if (search && !kept.count(rule))
      selection.skipped.push_back({rule, search->nothing, !rule->package.empty()});
}

}  // namespace otel::preprocess
