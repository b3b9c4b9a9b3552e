// SPDX-License-Identifier: Apache-2.0
//
// The description of one key of a rule file: the loader checks against it, and the reference in
// rulesets/README.md, the JSON schema and the error messages say the same because they come from it.
#pragma once

#include <string_view>

namespace otel::notation {

enum class KeyUse {
  Required,
  Optional,
  OptionalWhereOwn,  // optional in kinds that are woven into all of the user's own packages, else required
};

// What a key's value must be: a YAML scalar, but for lists (Names, Rules, Conditions, Places) and maps
// (Condition, GoTypes, Imports).
enum class KeyForm {
  Text,
  Name,
  ImportPath,
  Imports,  // a map from names to import paths
  PackagePattern,
  FunctionPattern,
  GoRange,
  ModuleRange,
  OtelRange,
  Position,
  RelativePath,
  Callee,
  Directive,
  Flag,
  Integer,
  Names,
  TrustEntries,
  Digest,
  Rules,
  Condition,
  Conditions,
  Count,
  GoType,
  GoTypes,    // a map from positions
  Interface,  // import/path.Name, error, or a name of the function's package
  Places      // a list of positions, `receiver` and `last`
};

struct KeyFact {
  std::string_view name;
  KeyUse use;
  KeyForm form;
  std::string_view description;
};

}  // namespace otel::notation
