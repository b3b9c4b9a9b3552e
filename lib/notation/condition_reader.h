// SPDX-License-Identifier: Apache-2.0
//
// The value of "where" to a Condition, by the table condition_keys().
#pragma once

#include <vector>

#include "notation/condition.h"
#include "notation/key.h"
#include "notation/yaml_text.h"

namespace otel::notation {

// Keys of a map of conditions.
struct ConditionKeyFact {
  std::string_view name;
  ConditionKind kind;
  KeyForm form;
  std::string_view description;
};
const std::vector<ConditionKeyFact>& condition_keys();

// Throws an Error with the place of what isn't understood. Several keys in one map must all hold.
Condition read_condition(const YamlText& yaml, const YAML::Node& node, std::string_view key);

}  // namespace otel::notation
