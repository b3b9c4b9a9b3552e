// SPDX-License-Identifier: Apache-2.0
//
// The modules that a binary lists (`go version -m`). A vendored project is woven as one that replaces each
// module by its directory beneath vendor/, which is no matter of the program's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace otel::toolexec {

// An importcfg of the linker, with the modules as the plain build has them: those that only the woven build
// replaces are not replaced, or as in `vendor_list`, the text of vendor/modules.txt.
std::string with_vendored_modules(std::string_view importcfg, std::string_view vendor_list);

// Of the arguments of a link, those to run in their place: -importcfg names a file beside the original if
// that has vendored modules. `cache` is otel's cache directory; `overlay` is the build's.
std::vector<std::string> write_link_modules(std::vector<std::string> arguments, const base::Path& cache,
                                            const base::Path& overlay);

}  // namespace otel::toolexec
