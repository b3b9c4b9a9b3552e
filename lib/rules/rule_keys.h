// SPDX-License-Identifier: Apache-2.0
//
// The keys of a rule file as one table: the loader checks against it, and the reference in rulesets/README.md
// and the error messages say the same because they come from it.
#pragma once

#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace otel::rules {

struct KindFact {
  RuleKind kind;
  std::string_view name;
  std::string_view does;
};
const std::vector<KindFact>& rule_kinds();

enum class KeyUse { Required, Optional };

// What a key's value must be; all are written as YAML scalars.
enum class KeyForm {
  Text,
  Name,
  ImportPath,
  FunctionName,
  GoRange,
  ModuleRange,
  Position,
  RelativePath,
  Flag
};

struct KeyFact {
  std::string_view name;
  std::vector<RuleKind> kinds;  // in which the key may stand; empty: in every kind
  KeyUse use;
  KeyForm form;
  std::string_view says;
};
// Keys of one rule, in the order in which they are usually written.
const std::vector<KeyFact>& rule_keys();

// Keys at the top of a file.
const std::vector<KeyFact>& file_keys();

}  // namespace otel::rules
