// SPDX-License-Identifier: Apache-2.0
//
// The Go files that a woven build sees beyond the user's: the support module, glue, and otel.runtime.go in
// each main package (for `go test`, otel.runtime_test.go in each tested package). They lie in otel's cache
// directory, named by their content, and reach go through an overlay.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gotool/build_graph.h"
#include "gotool/build_request.h"
#include "plan/overlay.h"
#include "preprocess/matching.h"
#include "preprocess/own_cache.h"
#include "preprocess/project.h"

namespace otel::preprocess {

// The file that is added to each main package.
inline constexpr std::string_view kMainFile = "otel.runtime.go";
// The file that is added to the external tests of each tested package: only those may import what imports the
// package.
inline constexpr std::string_view kTestFile = "otel.runtime_test.go";

// The file that is added to a main package beside kMainFile if it is built as a library for C programs.
inline constexpr std::string_view kExitFile = "otel.exit.go";

// The file that is added to a package which rules give more imports, as go plans with what it reads. Where a
// command names the files of a package, kMainFile has them.
inline constexpr std::string_view kImportsFile = "otel.imports.go";

// Whether a binary that can be woven starts with this package: a main package of the command, or for `go
// test` a tested one. Overlays don't reach into the module cache.
bool is_start_package(const gotool::GoCommand& command, const gotool::Package& package);

// Whether this package is built as a library for C programs (-buildmode=c-shared or c-archive), which flushes
// when the C program ends: then kExitFile is added to it too.
bool is_library_of_c(const gotool::BuildRequest& request, const gotool::Package& package, bool no_sdk);

struct GenerationSettings {
  std::string go_version;      // "go1.26.8"
  base::Path support_modules;  // where directories of the support module are, beneath otel's cache
  bool no_sdk = false;         // the program sets up OpenTelemetry itself
};

// Texts by path.
using GeneratedTexts = std::map<std::string, std::string>;

struct GeneratedFiles {
  GeneratedTexts shown;                 // by the paths at which go is to see them
  GeneratedTexts written;               // by the paths at which they must be
  std::vector<base::Path> hidden = {};  // files that go isn't to see, if they exist
  base::Path support;                   // the directory of the support module
  std::string replacement;  // the same as written in a go.mod or go.work; empty for the user's own copy
  std::string
      hook_module;  // the directory of the module that hooks import, likewise; empty for the project's
};

// The files of the start packages and of the support module, which is shown in gocode::kSupportDirectory,
// with the module that hooks import in a directory of its own beneath that. For `go test` it is a directory
// of the cache: vet runs in the directories of packages, so they must exist. Where the support module is the
// user's own copy, only glue and that module are added to it.
GeneratedFiles generate_files(const GenerationSettings& settings, const gotool::BuildRequest& request,
                              const Project& project, const gotool::BuildGraph& graph, const Match& match);

// The same as go is shown them.
struct WrittenFiles {
  plan::Overlay overlay;
  base::Path support;
  std::string replacement;
  std::string hook_module;
};

// Throws an Error where the user has a file or directory of those names.
WrittenFiles write_generated_files(const GeneratedFiles& generated, const OwnCache& cache);

}  // namespace otel::preprocess
