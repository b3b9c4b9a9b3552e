// SPDX-License-Identifier: Apache-2.0
//
// YAML to rules, strictly: whatever isn't understood is an Error with its place. The only user of yaml-cpp
// for rules.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace otel::rules {

// The text of a file that a rule file refers to, by its path relative to it; nothing if there is none.
using FileReader = std::function<std::optional<std::string>(const std::string& relative_path)>;

// `file` is the name for messages.
std::vector<Rule> parse_rules(const std::string& file, std::string_view text, const FileReader& read);

// Two rules of one name are an Error that names both places.
void check_unique_names(const std::vector<Rule>& rules);

}  // namespace otel::rules
