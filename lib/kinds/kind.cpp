// SPDX-License-Identifier: Apache-2.0
#include "kinds/kind.h"

#include <fmt/format.h>

#include "base/text.h"

namespace otel::kinds {

std::string missing_text(const GoPackage& package, std::string_view what, const std::string& wanted,
                         const std::vector<std::string>& names) {
  auto hint = base::near_hint(wanted, names);
  return fmt::format("package {} has no {} {}{}{}", package.path, what, wanted, hint.empty() ? "" : "; ",
                     hint);
}

std::string missing_function(const GoPackage& package, const notation::FunctionName& wanted) {
  return missing_text(package, "function", wanted.text(), gocode::function_names(package));
}

}  // namespace otel::kinds
