// SPDX-License-Identifier: Apache-2.0
//
// The tool processes of `go install pkg@version`, which run in a link to the module's directory in the module
// cache (driver/fetched_module): they record the module cache's positions, and the module's own path and
// version.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "plan/overlay.h"

namespace otel::toolexec {

inline constexpr const char* kFetchedLinks = "fetched";  // the directory of the links, in otel's cache
inline constexpr std::string_view kFetchedVersion = ".version";  // beside a link: path, version and checksum

// What go calls the source directory of a tool process, and the directory in the module cache after it.
struct LinkedDirectory {
  std::string link;
  std::string target;
  std::string version;  // path, version and checksum of the module, separated by tabs
};

// The link that `directory` lies in, if it is one of `cache`, otel's cache directory.
std::optional<LinkedDirectory> linked_directory(const base::Path& directory, const base::Path& cache);

// Rewrites the positions of a tool's -trimpath so that they are those of the module cache.
std::vector<std::string> with_fetched_positions(std::vector<std::string> arguments,
                                                const LinkedDirectory& directory);

// Whether the text of a build's overlay has files in a link: a quick question, since each link asks it.
bool shows_fetched(std::string_view overlay_text, const base::Path& cache);

// The importcfg of a link with the main module's version and checksum, if the build's overlay is of a fetched
// module.
std::string with_fetched_version(std::string importcfg, const plan::Overlay& overlay,
                                 const base::Path& cache);

}  // namespace otel::toolexec
