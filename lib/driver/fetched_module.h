// SPDX-License-Identifier: Apache-2.0
//
// `go install pkg@version` as an install in that module's own folder, where a file can be added to the main
// package. The folder lies in the module cache, beneath which go takes no overlay, so it is entered through a
// link in otel's cache; the binary is told the module's own path and version again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "driver/site.h"
#include "plan/overlay.h"

namespace otel::driver {

struct FetchedInstall {
  Site site;                  // of the link
  gotool::GoCommand command;  // names folders of the module
};

// Nothing where go's own command must do: flags that have a meaning of their own there, a module without a
// go.mod or with one that go refuses or reads otherwise (cmd/go, "go help install"), a package not found.
std::optional<FetchedInstall> fetch_install(const Site& site, const gotool::GoCommand& command);

// What go calls the source folder of a tool process, and the folder in the module cache behind it.
struct LinkedFolder {
  std::string link;
  std::string target;
  std::string version;  // path, version and checksum of the module, separated by tabs
};

// The link that `folder` lies in, if it is one of `cache`, otel's cache folder.
std::optional<LinkedFolder> linked_folder(const base::Path& folder, const base::Path& cache);

// Rewrites the positions of a tool's -trimpath so that they are those of the module cache.
std::vector<std::string> with_fetched_positions(std::vector<std::string> words, const LinkedFolder& folder);

// Whether the text of a build's overlay has files in a link: a quick question, since each link asks it.
bool shows_fetched(std::string_view overlay_text, const base::Path& cache);

// The importcfg of a link with the main module's version and checksum, if the build's overlay is of a fetched
// module.
std::string with_fetched_version(std::string importcfg, const plan::Overlay& overlay,
                                 const base::Path& cache);

}  // namespace otel::driver
