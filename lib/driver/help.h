// SPDX-License-Identifier: Apache-2.0
//
// What otel says of itself.
#pragma once

#include <string>

namespace otel::driver {

std::string help_text();
// "otel version 0.1.0 linux/amd64"
std::string version_text();

}  // namespace otel::driver
