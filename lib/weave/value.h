// SPDX-License-Identifier: Apache-2.0
//
// The initial value of a package-level variable, or the value of a constant, set by a rule.
#pragma once

#include <optional>
#include <string>

#include "plan/package_plan.h"
#include "syntax/edits.h"
#include "weave/go_package.h"

namespace otel::weave {

struct SetValue {
  syntax::Span name;      // where it is declared
  syntax::Span replaced;  // the former value; empty if there was none
  std::string refused;    // why it can't be set; empty if it is
  // Go declarations for the end of the file: a blank use of what the former value used of imports, which
  // would else be imported for nothing. They need no import.
  std::string kept;
};

// Nothing if the file doesn't declare that name.
std::optional<SetValue> weave_value(const GoFile& file, const plan::ValueWeave& weave, syntax::Edits& edits);

}  // namespace otel::weave
