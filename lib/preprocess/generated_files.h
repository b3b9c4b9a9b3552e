// SPDX-License-Identifier: Apache-2.0
//
// The Go files that a woven build sees beyond the user's: the run time's module, glue, and otel.runtime.go in
// each main package (for `go test`, otel.runtime_test.go in each tested package). They lie in otel's cache
// folder, named by their content, and reach go through an overlay.
#pragma once

#include <string>
#include <vector>

#include "cli/site.h"
#include "gotool/build_graph.h"
#include "plan/overlay.h"
#include "preprocess/matching.h"
#include "preprocess/project.h"

namespace otel::preprocess {

// The file that is added to each main package.
inline constexpr std::string_view kMainFile = "otel.runtime.go";
// The file that is added to the external tests of each tested package: only those may import what imports the
// package.
inline constexpr std::string_view kTestFile = "otel.runtime_test.go";

// The file that is added to a main package beside kMainFile if it becomes a library of C.
inline constexpr std::string_view kExitFile = "otel.exit.go";

// Whether a binary that can be woven starts with this package: a main package of the command, or for `go
// test` a tested one. Overlays don't reach into the module cache.
bool is_start_package(const gotool::GoCommand& command, const gotool::Package& package);

// Whether this package becomes a library of C (-buildmode=c-shared or c-archive), which flushes when the C
// program ends: then kExitFile is added to it too.
bool is_library_of_c(const cli::Site& site, const gotool::GoCommand& command, const gotool::Package& package);

// Writes a text into the cache under its digest and returns the path. The extension is kept.
std::string write_generated(const cli::Site& site, const std::string& name, std::string_view text);

struct GeneratedFiles {
  plan::Overlay overlay;
  base::Path runtime;       // the folder of the run time's module
  std::string replacement;  // the same in the words of a go.mod or go.work; empty for the user's own copy
};

// The files of the start packages and of the run time's module, which is shown in the folder otel.runtime
// beneath the project's root. For `go test` it is a folder of the cache: vet runs in the folders of packages,
// so they must exist. Where the run time is the user's own copy, only glue is added to it. Throws an Error
// where the user has a file or folder of those names.
GeneratedFiles write_generated_files(const cli::Site& site, const gotool::GoCommand& command,
                                     const Project& project, const gotool::BuildGraph& graph,
                                     const Match& match);

}  // namespace otel::preprocess
