// SPDX-License-Identifier: Apache-2.0
//
// What is to be done to one package: all that a tool process has to know. Text lines in the manner of
// importcfg, one weave a line, fields separated by tabs; `cat` is the debugger. Free of paths of this
// machine, since its digest is part of the package's identity in the build cache.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kinds/kinds.h"

namespace otel::plan {

struct PackagePlan {
  std::string package;  // import path
  // What the names begin with that weaving adds: "otel" unless the package has such names, else "otel2" and
  // so on.
  std::string prefix = "otel";
  // Those of one kind in the order in which they go into a file.
  std::vector<kinds::Weave> weaves;

  bool empty() const { return weaves.empty(); }
};

std::string render_package_plan(const PackagePlan& plan);
// Throws base::InternalError for a text that render_package_plan doesn't write.
PackagePlan parse_package_plan(std::string_view text);

// The value of "-otel=" for a package with that plan: covers the text and the version of the weaver.
std::string package_plan_digest(std::string_view rendered);

}  // namespace otel::plan
