// SPDX-License-Identifier: Apache-2.0
//
// The tables of rule_keys.h as a JSON Schema (draft 7) for editors: "otel rules schema" prints it,
// rulesets/otel.rules.schema.json holds it, and a test compares the two.
#pragma once

#include <string>

namespace otel::rules {

std::string render_schema();

}  // namespace otel::rules
