// SPDX-License-Identifier: Apache-2.0
//
// All rules of a build: those that travel with otel, and those of --rules.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "rules/rule.h"

namespace otel::driver {

// The rule files that --rules names: a file itself, of a folder its *.yaml and *.yml, sorted.
std::vector<base::Path> find_rule_files(const std::vector<std::string>& named);

std::vector<rules::Rule> read_rules(const std::vector<base::Path>& files);

}  // namespace otel::driver
