// SPDX-License-Identifier: Apache-2.0
//
// The Go text between woven functions and hooks. Neither side imports the other: the woven package has
// function variables, the glue sets them through //go:linkname. A program without the glue leaves them nil.
#pragma once

#include <optional>
#include <string>

#include "gocode/function_weave.h"
#include "gocode/hook_shape.h"

namespace otel::gocode {

struct GlueHooks {
  std::optional<FittedHook> before;
  std::optional<FittedHook> after;
};

// The glue file of one function weave, in a package named `package_name`. `hooks` is the import path of the
// hooks.
std::string render_glue(const std::string& package_name, const std::string& target_package,
                        const FunctionWeave& weave, const std::string& hooks, const GlueHooks& fitted);

// A glue file that only links the hooks.
std::string render_link(const std::string& package_name, const std::string& hooks);

}  // namespace otel::gocode
