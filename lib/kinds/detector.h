// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind detector: a function of the hooks that finds attributes of the resource. It is linked into
// the set-up of each program of the build, and woven into no package.
#pragma once

#include "kinds/kind.h"

namespace otel::kinds {

struct DetectorRule : RuleOfKind {
  std::string detect;  // name of the function

  static const KindFacts& facts();
  static DetectorRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return detect; }
  std::string missing(const GoPackage& package) const;
};

}  // namespace otel::kinds
