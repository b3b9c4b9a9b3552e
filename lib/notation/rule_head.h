// SPDX-License-Identifier: Apache-2.0
//
// What a rule of any kind has, as far as its kind needs it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"

#include "notation/pattern.h"
#include "notation/rule_imports.h"

namespace otel::notation {

struct RuleHead {
  std::string name;   // unique among all rules of a build
  std::string hooks;  // import path of the package with the hook functions; empty if its file names none
  // Import path, or a pattern of several. May be empty in kinds that are then for the packages whose files
  // are local.
  std::string package;
  std::vector<RuleImport> imports;
  base::Place place;                          // of the rule's name
  std::map<std::string, base::Place> places;  // of the values, by key

  // Whether more than one package may be meant.
  bool is_for_packages() const { return package.empty() || is_package_pattern(package); }
  // Of the value of a key, or of the name.
  const base::Place& place_of(const std::string& key) const {
    auto found = places.find(key);
    return found == places.end() ? place : found->second;
  }
};

}  // namespace otel::notation
