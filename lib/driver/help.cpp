// SPDX-License-Identifier: Apache-2.0
#include "driver/help.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "driver/options.h"
#include "rules/reference.h"

namespace otel::driver {

std::string help_text(const std::vector<std::string>& words) {
  if (!words.empty() && words[0] == "rules") return rules::render_reference();
  if (!words.empty())
    throw base::Error(fmt::format("no help on \"{}\"", words[0]))
        .hint(base::near_hint(words[0], {"rules"}))
        .status(base::kExitUsage);
  return fmt::format(
      "otel is a front-end of the go command that weaves OpenTelemetry into a Go program while it is "
      "compiled.\n"
      "\n"
      "usage: otel [options] go build|install|run|test [flags] [packages]\n"
      "       otel go <any other go command>    handed to go unchanged\n"
      "       otel explain [flags] [packages]   what a build would weave, where, and why not the rest\n"
      "       otel explain --diff PACKAGE       what weaving changes in a package\n"
      "       otel doctor [flags] [packages]    is everything there that a build needs?\n"
      "       otel rules list [packages]        which rules apply, from where, and why others don't\n"
      "       otel rules check [files]          look for mistakes in rules and their hooks\n"
      "       otel rules test PACKAGE           what rules change in a package, as a diff\n"
      "       otel rules schema                 a JSON Schema of rule files, for editors\n"
      "       otel version [-m BINARY...]       of otel, or what is woven into binaries\n"
      "       otel help [rules]\n"
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
