// SPDX-License-Identifier: Apache-2.0
#include "driver/help.h"

#include <fmt/format.h>

#include "driver/options.h"

namespace otel::driver {

std::string help_text() {
  return fmt::format(
      "otel is a front-end of the go command that weaves OpenTelemetry into a Go program while it is "
      "compiled.\n"
      "\n"
      "usage: otel [options] go build [build flags] [packages]\n"
      "       otel go <any other go command>    handed to go unchanged\n"
      "       otel version\n"
      "       otel help\n"
      "\n"
      "{}\n"
      "Example:\n"
      "  otel go build -o myapp\n"
      "  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 OTEL_SERVICE_NAME=my-app ./myapp\n",
      options_help());
}

std::string version_text() {
#if defined(__APPLE__)
  constexpr auto kSystem = "darwin";
#else
  constexpr auto kSystem = "linux";
#endif
#if defined(__aarch64__)
  constexpr auto kProcessor = "arm64";
#else
  constexpr auto kProcessor = "amd64";
#endif
  return fmt::format("otel version {} {}/{}\n", OTEL_VERSION, kSystem, kProcessor);
}

}  // namespace otel::driver
