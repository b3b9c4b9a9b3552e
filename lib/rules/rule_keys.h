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
// Of a kind whose rules, if they name no package, are for the user's own ones: those whose files are local.
bool is_for_own_packages(RuleKind kind);

enum class KeyUse {
  Required,
  Optional,
  OptionalWhereOwn,  // optional in kinds that are woven into all of the user's own packages, else required
};

// What a key's value must be: a YAML scalar, but for lists (Names, Rules, Conditions) and maps (Condition).
enum class KeyForm {
  Text,
  Name,
  ImportPath,
  PackagePattern,
  FunctionPattern,
  GoRange,
  ModuleRange,
  OtelRange,
  Position,
  RelativePath,
  Callee,
  Directive,
  Flag,
  Integer,
  Names,
  TrustEntries,
  Digest,
  Rules,
  Condition,
  Conditions,
  Count,
  GoType
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

// Keys of a map of conditions.
struct ConditionKeyFact {
  std::string_view name;
  Test test;
  KeyForm form;
  std::string_view says;
};
const std::vector<ConditionKeyFact>& condition_keys();

// Keys of an entry of "trust".
const std::vector<KeyFact>& trust_keys();

// Keys at the top of a file.
const std::vector<KeyFact>& file_keys();

}  // namespace otel::rules
