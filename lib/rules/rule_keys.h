// SPDX-License-Identifier: Apache-2.0
//
// The keys of a rule file, of all kinds of rules together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kinds/kind.h"
#include "notation/key.h"

namespace otel::rules {

struct RuleKey {
  notation::KeyFact fact;
  std::vector<std::string_view> kinds;        // that have the key; empty: every kind
  std::vector<std::string_view> optional_in;  // kinds in which it is optional, whatever others require

  bool fits(std::string_view kind) const;
  // Whether a rule of a kind must have it.
  bool is_required(const kinds::KindFacts& kind) const;
};
// Keys of one rule, in the order in which they are usually written.
const std::vector<RuleKey>& rule_keys();

// "a, b and c"
std::string enumerate(const std::vector<std::string>& names, std::string_view conjunction);

// Names of kinds whose rules, if they name no package, are for the user's own ones.
std::vector<std::string> kinds_for_own_packages();

// Keys of an entry of "trust".
const std::vector<notation::KeyFact>& trust_keys();

// Keys at the top of a file.
const std::vector<notation::KeyFact>& file_keys();

}  // namespace otel::rules
