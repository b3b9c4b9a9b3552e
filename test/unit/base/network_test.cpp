// SPDX-License-Identifier: Apache-2.0
#include "base/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catch.h"

using namespace otel::base;

TEST_CASE("where a URL of an exporter leads") {
  struct {
    std::string url, host, port;
  } const cases[] = {
      {"http://localhost:4317", "localhost", "4317"},
      {"http://localhost:4317/v1/traces?x=y", "localhost", "4317"},
      {"https://user:secret@collector.example", "collector.example", "443"},
      {"http://collector", "collector", "80"},
      {"http://[::1]:4318/", "::1", "4318"},
      {"collector:4317", "collector", "4317"},
  };
  for (const auto& expected : cases) {
    INFO(expected.url);
    auto endpoint = parse_endpoint(expected.url);
    REQUIRE(endpoint);
    CHECK(endpoint->host == expected.host);
    CHECK(endpoint->port == expected.port);
  }
  for (const auto* url : {"", "http://", "collector", "unix:///run/x", "http://[::1", ":4317"}) {
    INFO(url);
    CHECK_FALSE(parse_endpoint(url));
  }
}

TEST_CASE("a port that somebody listens on, and one that nobody does any more") {
  int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener, 1) == 0);
  REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  auto port = std::to_string(ntohs(address.sin_port));
  const std::chrono::milliseconds limit(1000);
  CHECK_FALSE(find_connect_error("127.0.0.1", port, limit));
  ::close(listener);
  CHECK(find_connect_error("127.0.0.1", port, limit) == "Connection refused");
  CHECK(find_connect_error("localhost", port, limit) == "no such address");
  CHECK(find_connect_error("127.0.0.1", "70000", limit) == "no such port");
}
