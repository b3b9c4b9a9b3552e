// SPDX-License-Identifier: Apache-2.0
//
// Files embedded in the executable: rulesets/ and go-runtime/ as they were when it was built.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace otel::base {

struct EmbeddedFile {
  std::string_view path;  // from the top of the source tree, "rulesets/net_http/rules.yaml"
  std::string_view text;
};

// Sorted by path.
const std::vector<EmbeddedFile>& embedded_files();
std::optional<std::string_view> find_embedded(std::string_view path);

}  // namespace otel::base
