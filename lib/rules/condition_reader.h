// SPDX-License-Identifier: Apache-2.0
//
// The value of "where" to a Condition, by the table condition_keys().
#pragma once

#include "rules/condition.h"
#include "rules/yaml_text.h"

namespace otel::rules {

// Throws an Error with the place of what isn't understood. Several keys in one map must all hold.
Condition read_condition(const YamlText& yaml, const YAML::Node& node, std::string_view key);

}  // namespace otel::rules
