// SPDX-License-Identifier: Apache-2.0
#include "gotool/go_environment.h"

#include <charconv>
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace otel::gotool {

const std::vector<std::string>& environment_names() {
  static const std::vector<std::string> kNames = {
      // The order of GoEnvironment.
      "GOVERSION", "GOROOT", "GOMOD", "GOWORK", "GOFLAGS", "GOCACHE", "GOMODCACHE",
      // The target (cmd/go/internal/cfg): each architecture has a variable of its own.
      "GOOS", "GOARCH", "GO386", "GOAMD64", "GOARM", "GOARM64", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64",
      "GOWASM", "GOEXPERIMENT", "GOFIPS140", "GODEBUG",
      // What may be compiled, and with what. Flags for C compilers (CGO_CFLAGS and the like) choose no file.
      "CGO_ENABLED", "CC", "CXX", "GCCGO", "GOTOOLCHAIN",
      // Where packages come from.
      "GO111MODULE", "GOPATH", "GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOINSECURE",
      "GOVCS"};
  return kNames;
}

std::string find_variable(const GoEnvironment& environment, std::string_view name) {
  const auto& names = environment_names();
  const auto lines = base::split(environment.all, '\n');
  for (std::size_t i = 0; i < names.size() && i < lines.size(); ++i)
    if (names[i] == name) return std::string(lines[i]);
  return "";
}

GoEnvironment read_go_environment(const base::Runner& run, const std::string& go,
                                  const base::Path& directory) {
  const auto& names = environment_names();
  base::Command command{{go, "env"}, {}, directory};
  command.arguments.insert(command.arguments.end(), names.begin(), names.end());
  auto result = run(command);
  if (result.status != 0) throw base::Error(fmt::format("go env: {}", base::trim(result.error_output)));
  auto lines = base::split(result.output, '\n');
  if (lines.size() < names.size())
    throw base::Error(fmt::format("go env printed {} lines instead of {}", lines.size(), names.size()));
  auto text = [&](std::size_t i) { return std::string(lines[i]); };
  return {go, text(0), text(1), text(2), text(3), text(4), text(5), text(6), result.output};
}

GoRelease parse_go_release(std::string_view version) {
  auto at = version.find("go");
  if (at == std::string_view::npos) return {};
  version.remove_prefix(at + 2);
  GoRelease release;
  const char* end = version.data() + version.size();
  auto major = std::from_chars(version.data(), end, release.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return {};
  auto minor = std::from_chars(major.ptr + 1, end, release.minor);
  return minor.ec == std::errc() ? release : GoRelease{};
}

}  // namespace otel::gotool
