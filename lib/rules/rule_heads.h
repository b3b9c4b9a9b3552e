// SPDX-License-Identifier: Apache-2.0
//
// The heads of otel's own rules, without reading the rest of their YAML: most libraries aren't in most
// builds, and a hundred files take a tenth of a second to read.
#pragma once

#include <string>
#include <string_view>

#include "rules/loader.h"

namespace otel::rules {

// A rule file with the name, library, package, hooks, "support" and place of each rule; they have no body.
// The file is valid and in block style: each key on a line of its own, "- name:" first in each rule, and what
// is of the whole file in front of the rules
// (test/unit/rules/rule_heads_test.cpp compares all embedded files with what parse_rule_file says).
RuleFile scan_rule_heads(const std::string& file, std::string_view text);

}  // namespace otel::rules
