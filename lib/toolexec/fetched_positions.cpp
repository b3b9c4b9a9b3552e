// SPDX-License-Identifier: Apache-2.0
#include "toolexec/fetched_positions.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "base/text.h"

namespace otel::toolexec {

using base::Path;

std::optional<LinkedFolder> linked_folder(const Path& folder, const Path& cache) {
  auto links = (cache / kFetchedLinks / "").string();
  auto text = folder.string();
  if (!text.starts_with(links)) return std::nullopt;
  auto link = text.substr(0, text.find('/', links.size()));
  auto target = base::read_link(link);
  if (!target) return std::nullopt;
  return LinkedFolder{link, target->string(), base::read_file(link + std::string(kFetchedVersion))};
}

std::vector<std::string> with_fetched_positions(std::vector<std::string> words, const LinkedFolder& folder) {
  auto trimpath = std::find(words.begin(), words.end(), "-trimpath");
  if (words.end() - trimpath < 2) return words;
  auto module = base::split(folder.version, '\t');
  std::string rewrites;
  bool named = false;  // with its own -trimpath go gives the folder the module's path, but no version
  for (auto rewrite : base::split(trimpath[1], ';')) {
    auto arrow = rewrite.find("=>");
    std::string from(rewrite.substr(0, arrow));
    std::string to(arrow == std::string_view::npos ? "" : rewrite.substr(arrow + 2));
    named = named || base::lies_in(from, folder.link);
    if (base::lies_in(to, folder.link)) to = folder.target + to.substr(folder.link.size());
    if (base::lies_in(to, module[0])) to.insert(module[0].size(), fmt::format("@{}", module[1]));
    rewrites += fmt::format("{}{}=>{}", rewrites.empty() ? "" : ";", from, to);
  }
  if (!named) rewrites += fmt::format("{}{}=>{}", rewrites.empty() ? "" : ";", folder.link, folder.target);
  trimpath[1] = rewrites;
  return words;
}

bool shows_fetched(std::string_view overlay_text, const Path& cache) {
  return overlay_text.find((cache / kFetchedLinks / "").string()) != std::string_view::npos;
}

std::string with_fetched_version(std::string importcfg, const plan::Overlay& overlay, const Path& cache) {
  auto links = (cache / kFetchedLinks / "").string();
  auto shown = overlay.lower_bound(links);
  if (shown == overlay.end()) return importcfg;
  auto folder = linked_folder(shown->first, cache);
  if (!folder) return importcfg;
  // In the importcfg the modules are one Go string (runtime/debug.BuildInfo.String).
  auto path = folder->version.substr(0, folder->version.find('\t'));
  return base::replace_all(std::move(importcfg), fmt::format(R"(\nmod\t{}\t(devel)\t\n)", path),
                           fmt::format(R"(\nmod\t{}\n)", base::replace_all(folder->version, "\t", R"(\t)")));
}

}  // namespace otel::toolexec
