// SPDX-License-Identifier: Apache-2.0
//
// Which functions of a package a rule is for: by name, pattern and condition.
#pragma once

#include <vector>

#include "gocode/go_package.h"
#include "notation/function_selector.h"

namespace otel::gocode {

notation::FunctionFacts function_facts(const GoPackage& package, const FoundFunction& found);

// In the order of the files. A pattern doesn't mean functions that have no name of their own: init and _.
std::vector<FoundFunction> find_targets(const notation::FunctionSelector& selector, const GoPackage& package,
                                        const notation::Implements& implements);

}  // namespace otel::gocode
