// SPDX-License-Identifier: Apache-2.0
//
// Functions of other packages, wherever a package uses them, exchanged for functions of the hooks:
//
//   resp, err := http.Get(url)    →    resp, err := otel_x(http.Get)(url)
//
// otel_x gives the function of the hooks if the program has it, else the original. Type inference gives it
// its type, so nothing of the callee's signature is spelled in a file that may not import what it names, the
// import of the callee stays used, and the woven package imports nothing new: the glue sets the variable
// behind otel_x. A function value (f := http.Get) is exchanged like the callee of a call, where it is
// evaluated.
#pragma once

#include <string>
#include <vector>

#include "plan/package_plan.h"
#include "syntax/edits.h"
#include "weave/go_package.h"
#include "weave/hook_shape.h"

namespace otel::weave {

// Where a file uses the function. Through a dot import only its calls are found.
std::vector<syntax::Span> find_uses(const GoFile& file, const plan::WrapWeave& weave);

void weave_use(const plan::WrapWeave& weave, syntax::Span use, syntax::Edits& edits);

// The variables and helpers of all wraps of a package, for its last file.
std::string wrap_declarations(const plan::PackagePlan& plan);

// Throws an Error with the place of the rule (no such function) or of the function of the hooks, whose
// signature must be the callee's.
void check_wrap(const rules::Rule& rule, const GoPackage& hooks, const GoPackage& callee_package);

std::string render_wrap_glue(const std::string& package_name, const std::string& target_package,
                             const plan::WrapWeave& weave, const rules::Rule& rule);

}  // namespace otel::weave
