// SPDX-License-Identifier: Apache-2.0
#include "toolexec/fetched_positions.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "base/text.h"

namespace otel::toolexec {

using base::Path;

std::optional<LinkedDirectory> linked_directory(const Path& directory, const Path& cache) {
  auto links = (cache / kFetchedLinks / "").string();
  auto text = directory.string();
  if (!text.starts_with(links)) return std::nullopt;
  auto link = text.substr(0, text.find('/', links.size()));
  auto target = base::read_link(link);
  if (!target) return std::nullopt;
  return LinkedDirectory{link, target->string(), base::read_file(link + std::string(kFetchedVersion))};
}

std::vector<std::string> with_fetched_positions(std::vector<std::string> arguments,
                                                const LinkedDirectory& directory) {
  auto trimpath = std::find(arguments.begin(), arguments.end(), "-trimpath");
  if (arguments.end() - trimpath < 2) return arguments;
  auto module = base::split(directory.version, '\t');
  std::string rewrites;
  bool named = false;  // with its own -trimpath go gives the directory the module's path, but no version
  for (auto rewrite : base::split(trimpath[1], ';')) {
    auto arrow = rewrite.find("=>");
    std::string from(rewrite.substr(0, arrow));
    std::string to(arrow == std::string_view::npos ? "" : rewrite.substr(arrow + 2));
    named = named || base::is_within(from, directory.link);
    if (base::is_within(to, directory.link)) to = directory.target + to.substr(directory.link.size());
    if (base::is_within(to, module[0])) to.insert(module[0].size(), fmt::format("@{}", module[1]));
    rewrites += fmt::format("{}{}=>{}", rewrites.empty() ? "" : ";", from, to);
  }
  if (!named)
    rewrites += fmt::format("{}{}=>{}", rewrites.empty() ? "" : ";", directory.link, directory.target);
  trimpath[1] = rewrites;
  return arguments;
}

bool shows_fetched(std::string_view overlay_text, const Path& cache) {
  return overlay_text.find((cache / kFetchedLinks / "").string()) != std::string_view::npos;
}

std::string with_fetched_version(std::string importcfg, const plan::Overlay& overlay, const Path& cache) {
  auto links = (cache / kFetchedLinks / "").string();
  auto shown = overlay.lower_bound(links);
  if (shown == overlay.end()) return importcfg;
  auto directory = linked_directory(shown->first, cache);
  if (!directory) return importcfg;
  // In the importcfg the modules are one Go string (runtime/debug.BuildInfo.String).
  auto path = directory->version.substr(0, directory->version.find('\t'));
  return base::replace_all(
      std::move(importcfg), fmt::format(R"(\nmod\t{}\t(devel)\t\n)", path),
      fmt::format(R"(\nmod\t{}\n)", base::replace_all(directory->version, "\t", R"(\t)")));
}

}  // namespace otel::toolexec
