// SPDX-License-Identifier: Apache-2.0
//
// Function weaves to Go text: a few tokens after the opening brace, names where a signature lacks them,
// results kept at return statements, and helper declarations at the end of the file.
//
// The code in the body uses only names that weaving declares, not even nil, so nothing that the user shadows
// matters:
//
//   func (t *Transport) roundTrip(req *Request) (_ *Response, err error) { otel_r0, otel_r1 := x_results(); …
//     x_call := x_zero; if x_before != x_call.self { defer x_enter(&x_call, &otel_r0, &err, &req)();
//     if x_call.flags&1 != 0 { return } }; …
//
// (on one line, with x for the weave's symbol). x_enter calls the before hook and returns x_call itself as a
// closure: its first words are laid out as one, the code comes from hook.Enter, and it runs the after hook.
// The helpers hide the address of the call and of its slots from escape analysis, so an empty pair of hooks
// allocates nothing; values that hooks may keep are passed openly, so that they escape as they must. Every
// symbol that is added is //go:linkname'd: such symbols are numbered apart, and the package's export data
// stays as it is.
//
// Helpers of a generic function aren't generic: //go:linkname knows no type parameters, and there is one
// variable for all instantiations. What depends on a type parameter is handed to them in an interface, at
// exit as `func() interface{} { return otel_r0 }`, and results have names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/edits.h"

#include "gocode/function_weave.h"
#include "gocode/go_package.h"
#include "gocode/slot.h"

namespace otel::gocode {

// Why a function can't have hooks; nothing if it can.
std::optional<std::string> refuse_function(const GoFile& file, const syntax::Function& function);

// Why no function of a package can have hooks; nothing if they can.
std::optional<std::string> refuse_package(const GoPackage& package);

// Why a rule for functions that it doesn't name can't be for that package: the Go runtime has many that run
// on stacks and in states where no hook can. A rule that names a function may weave it.
std::optional<std::string> refuse_go_runtime(const GoPackage& package);

// Go declarations that go with a woven function.
struct Declarations {
  std::string functions;  // for the end of the file, whose imports their types use
  std::string variables;  // for a file that the compiler reads last: a variable in the middle of a package
                          // shifts the symbols after it. They use no import; the names of functions to
                          // link are there too, as only a file that imports "unsafe" may have them
};

// Adds the edits of all function weaves on one function.
Declarations weave_function(const GoFile& file, const syntax::Function& function,
                            const std::vector<const FunctionWeave*>& weaves, syntax::Edits& edits,
                            const Compilation& compilation);

}  // namespace otel::gocode
