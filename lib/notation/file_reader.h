// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace otel::notation {

// The text of a file that a rule file refers to, by its path relative to it; nothing if there is none.
using FileReader = std::function<std::optional<std::string>(const std::string& relative_path)>;

}  // namespace otel::notation
