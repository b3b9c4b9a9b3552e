// SPDX-License-Identifier: Apache-2.0
//
// The OpenTelemetry SDK beside older releases of the modules that it shares with the program. The program's
// versions stay (plan/module_files.h), so the SDK is compiled with what they have.
#pragma once

#include <optional>
#include <string_view>

#include "gotool/build_graph.h"
#include "gotool/module_file.h"
#include "plan/module_files.h"
#include "plan/package_plan.h"

namespace otel::plan {

// The package of the SDK that is woven to fit; every woven binary links it.
inline constexpr std::string_view kSdkResource = "go.opentelemetry.io/otel/sdk/resource";

// Whether the SDK compiles with that version of a module. Where it doesn't, the module has to rise.
bool fits_sdk(std::string_view path, std::string_view version);

// What is done to kSdkResource where golang.org/x/sys is older than the unix.ByteSliceToString
// that is called there (September 2020; the first tag is v0.1.0). Nothing if it is newer or the program has
// none.
std::optional<PackagePlan> fit_sdk_resource(const gotool::ModuleFile& program);

// A package of the plain build, if there is one, that may not compile with a raise: one that imports a module
// which leaves v0, where nothing is promised, and doesn't rise itself.
const gotool::Package* find_broken_by(const std::vector<Raise>& raises, const gotool::BuildGraph& graph);

}  // namespace otel::plan
