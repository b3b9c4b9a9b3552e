// SPDX-License-Identifier: Apache-2.0
//
// The Go files that a woven build sees beyond the user's: the run time's module, glue, and otel.runtime.go in
// each main package. They lie in otel's cache folder, named by their content, and reach go through an
// overlay.
#pragma once

#include <string>
#include <vector>

#include "driver/matching.h"
#include "driver/site.h"
#include "gotool/build_graph.h"
#include "gotool/module_file.h"
#include "plan/overlay.h"

namespace otel::driver {

// The file that is added to each main package.
inline constexpr std::string_view kMainFile = "otel.runtime.go";

// Writes a text into the cache under its digest and returns the path. The extension is kept.
std::string write_generated(const Site& site, const std::string& name, std::string_view text);

// Overlay entries for the main packages and for the run time's module: in the folder otel.runtime beneath the
// main module's root, or, of glue only, in the user's own copy. Throws an Error where the user has a file or
// folder of those names.
plan::Overlay write_generated_files(const Site& site, const gotool::BuildGraph& graph, const Match& match,
                                    const gotool::ModuleFile& user);

}  // namespace otel::driver
