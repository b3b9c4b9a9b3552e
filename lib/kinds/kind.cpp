// SPDX-License-Identifier: Apache-2.0
#include "kinds/kind.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"

namespace otel::kinds {

std::string missing_text(const GoPackage& package, std::string_view what, const std::string& wanted,
                         const std::vector<std::string>& names) {
  // It may be in a file of which not all is understood: the compiler says what is wrong with that.
  for (const auto& file : package.files)
    if (!file.outline.complete)
      return fmt::format("{} of package {} does not parse",
                         base::Path(file.source.path()).filename().string(), package.path);
  auto hint = base::near_hint(wanted, names);
  return fmt::format("package {} has no {} {}{}{}", package.path, what, wanted, hint.empty() ? "" : "; ",
                     hint);
}

std::string missing_function(const GoPackage& package, const notation::FunctionName& wanted) {
  return missing_text(package, "function", wanted.text(), gocode::function_names(package));
}

}  // namespace otel::kinds
