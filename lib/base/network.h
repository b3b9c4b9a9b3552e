// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace otel::base {

// Where a URL of an exporter leads: its host without brackets, and its port, given or that of its scheme.
struct Endpoint {
  std::string host;
  std::string port;
};

// "http://localhost:4317/v1", "https://[::1]", "collector:4317". Nothing if there is no host, or a scheme
// without a known port and none given.
std::optional<Endpoint> parse_endpoint(std::string_view url);

// Tries to open a TCP connection to an IP address ("127.0.0.1", "::1") for so long. Nothing if it was opened,
// else why not, as the system puts it. Names aren't looked up: a static executable has no resolver of the
// system's.
std::optional<std::string> find_connect_error(const std::string& address, const std::string& port,
                                              std::chrono::milliseconds limit);

}  // namespace otel::base
