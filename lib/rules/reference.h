// SPDX-License-Identifier: Apache-2.0
//
// The tables of rule_keys.h as Markdown: `otel help rule-files` prints it, rulesets/README.md holds it, and a
// test compares the two.
#pragma once

#include <string>

namespace otel::rules {

std::string render_reference();

}  // namespace otel::rules
