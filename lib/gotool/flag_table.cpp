// SPDX-License-Identifier: Apache-2.0
#include "gotool/flag_table.h"

#include <algorithm>

namespace otel::gotool {

const std::vector<FlagFact>& build_flags() {
  using enum FlagValue;
  static const std::vector<FlagFact> kFlags = {
      {"C", Required, true},
      {"a", Boolean, false},
      {"asan", Boolean, true},
      {"asmflags", Required, false},
      {"buildmode", Required, true},
      {"buildvcs", Boolean, false},
      {"compiler", Required, true},
      {"cover", Boolean, true},
      {"covermode", Required, true},
      {"coverpkg", Required, true},
      {"gccgoflags", Required, false},
      {"gcflags", Required, false},
      {"installsuffix", Required, true},
      {"json", Boolean, false},
      {"ldflags", Required, false},
      {"linkshared", Boolean, true},
      {"mod", Required, true},
      {"modcacherw", Boolean, true},
      {"modfile", Required, true},
      {"msan", Boolean, true},
      {"n", Boolean, false},
      {"o", Required, false},
      {"overlay", Required, true},
      {"p", Required, false},
      {"pgo", Required, false},
      {"pkgdir", Required, true},
      {"race", Boolean, true},
      {"tags", Required, true},
      {"toolexec", Required, false},
      {"trimpath", Boolean, true},
      {"v", Boolean, false},
      {"work", Boolean, false},
      {"x", Boolean, false},
  };
  return kFlags;
}

const FlagFact* find_build_flag(std::string_view name) {
  const auto& flags = build_flags();
  auto found = std::lower_bound(flags.begin(), flags.end(), name,
                                [](const FlagFact& fact, std::string_view n) { return fact.name < n; });
  return found != flags.end() && found->name == name ? &*found : nullptr;
}

}  // namespace otel::gotool
