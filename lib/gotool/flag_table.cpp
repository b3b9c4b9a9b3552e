// SPDX-License-Identifier: Apache-2.0
#include "gotool/flag_table.h"

#include <algorithm>

namespace otel::gotool {

const std::vector<FlagFact>& build_flags() {
  using enum FlagValue;
  static const std::vector<FlagFact> kFlags = {
      // otel asks in the directory of -C, so go list needs no -C.
      {"C", Required, false},
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

const std::vector<FlagFact>& debug_flags() {
  using enum FlagValue;
  static const std::vector<FlagFact> kFlags = {
      {"debug-actiongraph", Required, false},
      {"debug-runtime-trace", Required, false},
      {"debug-trace", Required, false},
  };
  return kFlags;
}

const std::vector<FlagFact>& test_flags() {
  using enum FlagValue;
  static const std::vector<FlagFact> kFlags = {
      {"artifacts", Boolean, false},
      {"bench", Required, false},
      {"benchmem", Boolean, false},
      {"benchtime", Required, false},
      {"blockprofile", Required, false},
      {"blockprofilerate", Required, false},
      {"c", Boolean, false},
      {"count", Required, false},
      {"coverprofile", Required, false},
      {"cpu", Required, false},
      {"cpuprofile", Required, false},
      {"exec", Required, false},
      {"failfast", Boolean, false},
      {"fullpath", Boolean, false},
      {"fuzz", Required, false},
      {"fuzzminimizetime", Required, false},
      {"fuzztime", Required, false},
      {"list", Required, false},
      {"memprofile", Required, false},
      {"memprofilerate", Required, false},
      {"mutexprofile", Required, false},
      {"mutexprofilefraction", Required, false},
      {"outputdir", Required, false},
      {"parallel", Required, false},
      {"run", Required, false},
      {"short", Boolean, false},
      {"shuffle", Required, false},
      {"skip", Required, false},
      {"timeout", Required, false},
      {"trace", Required, false},
      {"vet", Required, false},
  };
  return kFlags;
}

namespace {

const FlagFact* find_in(const std::vector<FlagFact>& flags, std::string_view name) {
  auto found = std::lower_bound(flags.begin(), flags.end(), name,
                                [](const FlagFact& fact, std::string_view n) { return fact.name < n; });
  return found != flags.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

const FlagFact* find_build_flag(std::string_view name) {
  const auto* fact = find_in(build_flags(), name);
  return fact ? fact : find_in(debug_flags(), name);
}

const FlagFact* find_flag(std::string_view subcommand, std::string_view name) {
  static constexpr FlagFact kExec = {"exec", FlagValue::Required, false};
  bool has_output = subcommand == "build" || subcommand == "test";
  if (name == "o" && !has_output) return nullptr;
  if (const auto* fact = find_build_flag(name)) return fact;
  if (subcommand == "run" && name == kExec.name) return &kExec;
  if (subcommand != "test") return nullptr;
  static constexpr std::string_view kTestPrefix = "test.";
  if (name.substr(0, kTestPrefix.size()) == kTestPrefix) {
    name.remove_prefix(kTestPrefix.size());
    // Those are the go command's own, not the test binary's.
    if (name == "c" || name == "exec" || name == "vet" || name == "o") return nullptr;
    if (name == "v") return find_build_flag(name);
  }
  return find_in(test_flags(), name);
}

}  // namespace otel::gotool
