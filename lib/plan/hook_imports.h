// SPDX-License-Identifier: Apache-2.0
//
// Hooks of the support module may import the library that they hook. They are compiled with the program's
// version of it, so what they import must be in the program's own build: nothing is added to it for them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "gotool/build_graph.h"
#include "plan/selection.h"

namespace otel::plan {

// Import paths of the packages that a package of hooks in the support module imports, directly or through
// others there: but for those of the standard library, of the support module and of OpenTelemetry, which any
// woven build has. Empty for hooks elsewhere, whose module requires what they import.
std::set<std::string> libraries_of(const std::string& hooks,
                                   const std::vector<base::EmbeddedFile>& files = base::embedded_files());

// Takes the rules out of a selection whose hooks import a package that isn't in the build.
void skip_unlinkable(const gotool::BuildGraph& graph, Selection& selection,
                     const std::vector<base::EmbeddedFile>& files = base::embedded_files());

}  // namespace otel::plan
