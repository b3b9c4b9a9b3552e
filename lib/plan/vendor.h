// SPDX-License-Identifier: Apache-2.0
//
// A vendored project as a build in module mode that takes the same sources: each vendored module is replaced
// by its directory in vendor/, which gets a go.mod of one line through the overlay. (vendor/modules.txt can't
// be overlaid, so nothing can be added to a build in vendor mode.)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gotool/module_file.h"

namespace otel::plan {

struct VendoredModule {
  std::string path;
  std::string version;
  std::string go;  // language version, "1.21"; empty if modules.txt doesn't say
};

// vendor/modules.txt (cmd/go/internal/modload/vendor.go reads it so).
std::vector<VendoredModule> parse_vendor_list(std::string_view text);

// Whether `go work vendor` wrote it, for all modules of a workspace.
bool is_workspace_list(std::string_view text);

// `user` with every module that is vendored or required, at the version that vendor mode builds.
gotool::ModuleFile add_vendored(gotool::ModuleFile user, const std::vector<VendoredModule>& vendored);

// The user's go.mod text without its replacements and exclusions, each of the modules required, and those not
// in `fetched` replaced by their directories.
std::string render_vendored_module(const std::string& user_text, const gotool::ModuleFile& user,
                                   const gotool::ModuleFile& all, const std::vector<std::string>& fetched);

// The user's go.work text with each of the modules, but for those in `fetched`, replaced by its directory.
std::string render_vendored_work(const std::string& user_text, const gotool::ModuleFile& all,
                                 const std::vector<std::string>& fetched);

// The go.mod that a vendored module is shown with.
std::string render_vendored_stub(const std::string& path, const std::vector<VendoredModule>& vendored);

}  // namespace otel::plan
