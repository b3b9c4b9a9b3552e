// SPDX-License-Identifier: Apache-2.0
//
// The OpenTelemetry modules that a release of otel has next to its executable, as the directory of a
// module proxy (golang.org/ref/mod#goproxy-protocol): with them a build needs neither a network nor a filled
// module cache.
#pragma once

#include <optional>
#include <string>

#include "base/files.h"

namespace otel::plan {

// $OTEL_GO_MODULES, else ../share/otel/modules or modules seen from the directory of the executable `self`;
// nothing if there is no such directory.
std::optional<base::Path> find_bundled_modules(const std::string& self);

}  // namespace otel::plan
