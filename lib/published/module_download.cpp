// SPDX-License-Identifier: Apache-2.0
#include "published/module_download.h"

#include <fmt/format.h>

#include "published/hook_module.h"
#include "published/module_proxy.h"

namespace otel::published {

void download_hook_module(const gotool::Toolchain& toolchain, const gotool::BuildSettings& settings,
                          const base::Path& cache, const base::FileSystem& files) {
  auto wanted = fmt::format("{}@{}", hook_module(), hook_module_version());
  if (files.find_any(base::Path(toolchain.env.module_cache) / escape_module_path(wanted))) return;
  auto proxy = write_module_proxy(cache, files);
  // go writes the checksum into the go.sum of the module that it runs in. That is one of our own: the cache
  // may be in the user's.
  files.write_file(proxy / "go.mod", "module otel.download\n\ngo 1.25\n");
  // No module but this one is looked up, and what go.sum has of it is verified when a build uses it.
  toolchain.run({{toolchain.env.go, "mod", "download", wanted},
                 {{"GO111MODULE", "on"},
                  {"GOFLAGS", settings.modcacherw ? "-modcacherw" : ""},
                  {"GONOPROXY", "none"},
                  {"GONOSUMDB", hook_module()},
                  {"GOPROXY", proxy_settings(proxy, "off", "").goproxy},
                  {"GOWORK", "off"}},
                 proxy});
}

}  // namespace otel::published
