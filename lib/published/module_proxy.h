// SPDX-License-Identifier: Apache-2.0
//
// The published module as a module proxy in a directory (golang.org/ref/mod#goproxy-protocol): plain go takes
// the module from there, before it is published and without a network.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/files.h"

namespace otel::published {

// Files by path in the proxy's directory.
std::map<std::string, std::string> render_module_proxy();

// A path as proxies and the module cache name directories (golang.org/x/mod/module, EscapePath).
std::string escape_module_path(std::string_view path);

// The proxy beneath otel's cache directory, in a directory named by its contents. Files that aren't there, or
// have changed, are written.
base::Path write_module_proxy(const base::Path& cache, const base::FileSystem& files = base::disk());

// What go needs to take the module from that directory and everything else from where it did. `goproxy` and
// `gonosumdb` are what `go env` prints for them. The module is in no checksum database; its checksum in
// go.sum is verified as ever.
struct ProxySettings {
  std::string goproxy;
  std::string gonosumdb;
};
ProxySettings proxy_settings(const base::Path& proxy, std::string_view goproxy, std::string_view gonosumdb);

}  // namespace otel::published
