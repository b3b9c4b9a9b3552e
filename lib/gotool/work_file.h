// SPDX-License-Identifier: Apache-2.0
//
// What otel needs to know of a go.work (golang.org/ref/mod#go-work-file).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

struct WorkFile {
  std::string go;                        // the go line's version; empty if there is none
  std::vector<std::string> directories;  // of the modules, as written
};

WorkFile parse_work_file(std::string_view text);

// The same workspace for a go.work that lies elsewhere: directories of modules and of replacements are
// absolute.
std::string with_absolute_directories(std::string_view text, const std::string& directory);

}  // namespace otel::gotool
