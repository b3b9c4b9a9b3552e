// SPDX-License-Identifier: Apache-2.0
#include "commands/view_command.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <unistd.h>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/error.h"
#include "base/text.h"
#include "gotool/toolchain.h"
#include "plan/module_files.h"

namespace otel::commands {
namespace {

using base::Path;

constexpr std::string_view kSources = "go-runtime/";

// The sources of the viewer, by path in its module; they import only the standard library.
std::map<std::string, std::string_view> viewer_sources() {
  static constexpr std::string_view kDirectories[] = {"exporter/console/tree/", "exporter/otlp/wire/",
                                                      "view/"};
  std::map<std::string, std::string_view> sources;
  for (const auto& file : base::embedded_files()) {
    if (file.path.substr(0, kSources.size()) != kSources) continue;
    auto path = file.path.substr(kSources.size());
    for (auto directory : kDirectories)
      if (path.substr(0, directory.size()) == directory) sources[std::string(path)] = file.text;
  }
  return sources;
}

// A build for this machine that neither the network nor the user's settings have a part in. The module must
// not be taken for one of a workspace or repository around the cache.
base::Command build_command(const gotool::Toolchain& toolchain, const Path& directory,
                            const std::string& output) {
  return {{(Path(toolchain.env.goroot) / "bin" / "go").string(), "build", "-trimpath", "-buildvcs=false",
           "-ldflags=-s -w", "-o", output, "./view/cmd/otel-view"},
          {{"CGO_ENABLED", "0"},
           {"GO111MODULE", "on"},
           {"GOARCH", ""},
           {"GOCACHE", toolchain.env.cache},
           {"GOENV", "off"},
           {"GOEXPERIMENT", ""},
           {"GOFLAGS", ""},
           {"GOOS", ""},
           {"GOPROXY", "off"},
           {"GOTOOLCHAIN", "local"},
           {"GOWORK", "off"}},
          directory};
}

// Each version of the sources and of Go has a directory of its own, so a viewer that is there is the right
// one.
Path build_viewer(const gotool::Toolchain& toolchain) {
  auto sources = viewer_sources();
  auto module = fmt::format("module {}\n\ngo 1.25.0\n", plan::kSupportModule);
  sources["go.mod"] = module;
  std::string all = fmt::format("{} {}\n", toolchain.env.version, toolchain.env.goroot);
  for (const auto& [path, text] : sources) all += fmt::format("{} {}\n{}", path, text.size(), text);
  auto directory = gotool::find_own_cache(toolchain) / "view" / base::short_digest(all);
  auto viewer = directory / "otel-view";
  if (base::read_stamp(viewer)) {
    base::mark_used(viewer);
    return viewer;
  }

  if (::isatty(STDERR_FILENO)) fmt::print(stderr, "otel: building the viewer (once per Go release)\n");
  for (const auto& [path, text] : sources) base::write_file(directory / path, text);
  auto part = base::make_unique_path("otel-view").string();
  auto result = toolchain.run(build_command(toolchain, directory, part));
  if (result.status == 0 && base::write_moved(directory / part, viewer)) return viewer;
  auto reason = result.status == 0 ? std::strerror(errno) : std::string(base::trim(result.error_output));
  base::remove_tree(directory / part);
  throw base::Error(fmt::format("go can't build the viewer in {}: {}", directory.string(), reason));
}

}  // namespace

void run_view_command(const std::vector<std::string>& arguments) {
  auto toolchain = gotool::read_toolchain(gotool::find_go(), gotool::run_directory());
  base::Command viewer{{build_viewer(toolchain).string()}, {}, {}};
  viewer.arguments.insert(viewer.arguments.end(), arguments.begin(), arguments.end());
  base::exec_command(viewer);
}

}  // namespace otel::commands
