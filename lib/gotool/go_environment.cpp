// SPDX-License-Identifier: Apache-2.0
#include "gotool/go_environment.h"

#include <charconv>
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace otel::gotool {

GoEnvironment read_go_environment(const base::Runner& run, const std::string& go, const base::Path& folder) {
  static const std::vector<std::string> kNames = {
      "GOVERSION", "GOROOT",      "GOMOD",       "GOWORK",       "GOFLAGS", "GOCACHE", "GOMODCACHE",
      "GOOS",      "GOARCH",      "CGO_ENABLED", "GOEXPERIMENT", "GOAMD64", "GOARM64", "GOARM",
      "GOFIPS140", "GOTOOLCHAIN", "GO111MODULE", "GOPATH",       "CC",      "GODEBUG", "GOPROXY"};
  base::Command command{{go, "env"}, {}, folder};
  command.arguments.insert(command.arguments.end(), kNames.begin(), kNames.end());
  auto answer = run(command);
  if (answer.status != 0) throw base::Error(fmt::format("go env: {}", base::trim(answer.error_output)));
  auto lines = base::split(answer.output, '\n');
  if (lines.size() < kNames.size())
    throw base::Error(fmt::format("go env printed {} lines of {}", lines.size(), kNames.size()));
  auto text = [&](std::size_t i) { return std::string(lines[i]); };
  return {go, text(0), text(1), text(2), text(3), text(4), text(5), text(6), answer.output};
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
