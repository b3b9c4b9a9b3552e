// SPDX-License-Identifier: Apache-2.0
//
// Where a file calls a function or a method of a package: by what is called, under whatever name a file
// imports the package, and not where that name is another's. A method is told by the type of what it is
// called on.
#pragma once

#include <vector>

#include "gocode/call_template.h"
#include "gocode/go_package.h"
#include "notation/callee.h"
#include "types/type_facts.h"

namespace otel::types {

using gocode::CallSite;
using gocode::GoFile;

struct CallSites {
  std::vector<CallSite> found;
  // Calls of a method of that name on something whose type isn't known: periods before the name.
  std::vector<std::size_t> undecided;
  // Other uses of the names by which the file imports the callee's package.
  std::size_t other_uses = 0;
};

// In the file's functions of these names; without any in the whole file. The file has the names of its
// imports.
CallSites find_calls(const GoFile& file, const std::string& package, const notation::Callee& callee,
                     const std::vector<notation::FunctionName>& functions, TypeFacts& facts);

}  // namespace otel::types
