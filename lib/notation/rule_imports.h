// SPDX-License-Identifier: Apache-2.0
//
// The key "imports" of a rule: packages that its Go text uses, by the names that it has for them.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

#include "notation/key.h"

namespace otel::notation {

struct RuleImport {
  std::string name;  // a Go identifier
  std::string path;
  base::Place place;  // of the path
};

inline constexpr KeyFact kImportsKey = {
    "imports", KeyUse::Optional, KeyForm::Imports,
    "packages that the text uses, by the names it has for them, as in {strconv: strconv}; names that are not "
    "here are the file's own"};

}  // namespace otel::notation
