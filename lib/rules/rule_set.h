// SPDX-License-Identifier: Apache-2.0
//
// Rule files of all sources to the rules of one build: who overrides whom, and what is disabled.
#pragma once

#include <string>
#include <vector>

#include "rules/loader.h"
#include "rules/rule.h"

namespace otel::rules {

// The same rules, in the order of the files, with `inactive_reason` filled in: a rule that overrides takes
// the place of an earlier one, and "disable" takes rules out wherever they are. A dependency's file can do
// neither: that is for the project to decide, and where its rule has the name of another, it is called
// "module/path:name" instead. Throws an Error for two rules of one name, for one that
// overrides nothing, and for a disabled name that nothing has (a module's path aside: the module may be in
// another build).
std::vector<Rule> merge_rule_files(std::vector<RuleFile> files);

// "disabled" names of the files that may disable, as they are known before dependencies are looked at.
std::vector<std::string> disabled_names(const std::vector<RuleFile>& files);

// Whether a name looks like a module's path: the first element has a period.
bool is_module_path(std::string_view name);

// "built in", "module example.com/sdk" or the rule's file, for people.
std::string source_text(const Rule& rule);

}  // namespace otel::rules
