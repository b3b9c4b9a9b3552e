// SPDX-License-Identifier: Apache-2.0
//
// Function weaves to Go text: a few words behind the opening brace, names where a signature lacks them, results kept
// at return statements, and helper declarations at the end of the file.
//
// What stands in the body uses only names that we declare, so nothing that the user shadows matters:
//
//   func (t *Transport) RoundTrip(req *Request) (*Response, error) { otel_x_call := otel_x_zero; if otel_x_on() {
//     defer otel_x_exit(&otel_x_call, &otel_r0, &otel_r1); if otel_x_enter(&otel_x_call, &req) { return otel_x_results() } }; …
//
// (on one line). The helpers hide the address of the call and of changed parameters from escape analysis, so an empty
// pair of hooks allocates nothing; values that hooks may keep are passed openly, so that they escape as they must.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/package_plan.h"
#include "syntax/edits.h"
#include "weave/go_package.h"

namespace otel::weave {

// Why a function can't have hooks; nothing if it can.
std::optional<std::string> refuse_function(const GoFile& file, const syntax::Function& function);

// Adds the edits of all function weaves on one function and returns the declarations to append to the file.
std::string weave_function(const GoFile& file, const syntax::Function& function,
                           const std::vector<const plan::FunctionWeave*>& weaves, syntax::Edits& edits);

// The name under which a woven file imports "unsafe".
inline constexpr std::string_view kUnsafe = "otel_unsafe";

}  // namespace otel::weave
