// SPDX-License-Identifier: Apache-2.0
//
// The go.mod and go.sum of a woven build: the user's text with what the support module needs added, beside
// the user's tree and never in it. The user's versions stay; what would raise one of them is pinned.
#pragma once

#include <string>
#include <vector>

#include "gotool/build_graph.h"
#include "gotool/module_file.h"

#include "gocode/support_module.h"

namespace otel::plan {

// Also the name of its directory in a user's build.
using gocode::kSupportModule;

// The newest OpenTelemetry release whose go line is not above `go_line` ("1.22", "1.25.0"; see
// compare_go_lines); empty below 1.20, the oldest that is supported.
std::string otel_release_for(const std::string& go_line);

// The version of OpenTelemetry that the build uses: the user's own if it is at least kOldestOtel, else the
// release for the go line.
struct OtelVersion {
  std::string version;
  std::string raised_from;  // the user's version where it was too old
};
inline constexpr std::string_view kOldestOtel = "v1.24.0";
OtelVersion choose_otel_version(const gotool::ModuleFile& user);

// The version of the SDK: the user's own where it compiles with the API, which may be newer; else the API's.
std::string choose_sdk_version(const gotool::ModuleFile& user);

// Where the module cache has that SDK, "go.opentelemetry.io/otel/sdk@v1.46.0".
std::string sdk_directory(const gotool::ModuleFile& user);

// go.mod of the support module, with the user's go line, OpenTelemetry at the versions above, and the module
// that hooks import.
std::string render_support_module(const gotool::ModuleFile& user);

// The directory that the user's go.mod has in place of the support module: a hook author's own copy.
// Empty if there is none; then otel supplies the support module.
std::string own_support_directory(const gotool::ModuleFile& user);

// The user's go.mod text with the support module required and replaced by a directory: "./otel.runtime", or
// an absolute path.
std::string add_support_module(const std::string& user_text, const std::string& directory);

// A go.mod or go.work with the module that hooks import replaced by a directory, in all its versions and
// whatever else the text has in its place.
std::string replace_hook_module(const std::string& text, const std::string& directory);

// The same go.mod text with the module required, if it isn't already.
std::string require_hook_module(const std::string& text, const gotool::ModuleFile& user);

// A module that a woven build has at a higher version than the plain one.
struct Raise {
  std::string path;
  std::string from;
  std::string to;
};

// The modules of `before` that `after` has at a higher version.
std::vector<Raise> find_raises(const gotool::ModuleFile& before, const gotool::ModuleFile& after);

// The modules of a go.mod at the versions that a build of it links, where it links them.
gotool::ModuleFile with_linked_versions(gotool::ModuleFile file, const gotool::BuildGraph& graph);

// Those of a program whose OpenTelemetry is too old, of the modules that the support module requires itself.
std::vector<Raise> expected_raises(const gotool::ModuleFile& program);

// Whether a module is one of OpenTelemetry's, which may rise.
bool is_otel_module(std::string_view path);

// Whether the go.mod of a woven build has modules for all of these import paths, for which the user's has
// none: packages of the support module and of the one that hooks import, and where there are such,
// OpenTelemetry's. True for none.
bool supplies_all(const std::vector<std::string>& missing);

// Lines that make go ignore whoever requires those versions (the Go modules reference, "exclude directive").
// The user's version stays, under its own name in stack traces and "go version -m"; a replacement would show
// the other's.
std::string render_excludes(const std::vector<gotool::Requirement>& versions);

}  // namespace otel::plan
