// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace otel::cli {

// The manual page otel(1) in man(7), made of the tables of commands and options.
std::string render_manual();

}  // namespace otel::cli
