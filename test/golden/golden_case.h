// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace otel::golden {

// Runs the case of the file <name>.txtar.
void check_case(const std::string& name);

}  // namespace otel::golden
