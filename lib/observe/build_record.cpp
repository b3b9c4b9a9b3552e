// SPDX-License-Identifier: Apache-2.0
#include "observe/build_record.h"

#include <algorithm>

namespace otel::observe {

const WovenPackage* BuildRecord::find_woven(std::string_view package) const {
  // "p [p.test]" is p compiled for a test.
  auto path = package.substr(0, package.find(' '));
  auto found = std::find_if(packages.begin(), packages.end(),
                            [&](const WovenPackage& woven) { return woven.package == path; });
  return found == packages.end() ? nullptr : &*found;
}

}  // namespace otel::observe
