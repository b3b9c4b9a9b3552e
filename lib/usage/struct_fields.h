// SPDX-License-Identifier: Apache-2.0
//
// The fields of a struct type, as a file declares them.
#pragma once

#include <string>
#include <vector>

#include "gocode/go_package.h"

namespace otel::usage {

struct StructField {
  std::string name;   // of an embedded one that of its type
  syntax::Span type;  // without its tag
  bool embedded = false;
};

std::vector<StructField> struct_fields(const gocode::GoFile& file, const syntax::StructDecl& declared);

struct FoundStruct {
  const gocode::GoFile* file = nullptr;
  const syntax::StructDecl* declared = nullptr;  // null if the package has none of the name
};
FoundStruct find_struct(const gocode::GoPackage& package, const std::string& name);

}  // namespace otel::usage
