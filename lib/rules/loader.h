// SPDX-License-Identifier: Apache-2.0
//
// YAML to rules, strictly: whatever isn't valid is an Error with its position.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "rules/trust.h"

#include "notation/file_reader.h"

namespace otel::rules {

using notation::FileReader;

// An entry of "disable".
struct DisableEntry {
  std::string name;  // of a rule, a library or a dependency's module
  base::Place place;
};

struct RuleFile {
  std::string name;  // as it is in messages
  Origin origin = Origin::Named;
  std::string digest;  // of a dependency's file and what it adds, as rules_digest gives it
  std::vector<Rule> rules;
  std::vector<DisableEntry> disable;
  std::vector<TrustEntry> trust;
};

// `file` is the name for messages.
RuleFile parse_rule_file(const std::string& file, std::string_view text, const FileReader& read);

// The rules alone.
std::vector<Rule> parse_rules(const std::string& file, std::string_view text, const FileReader& read);

}  // namespace otel::rules
