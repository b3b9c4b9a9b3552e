// SPDX-License-Identifier: Apache-2.0
#include "base/network.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otel::base {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

std::optional<SocketAddress> parse_address(const std::string& address, std::uint16_t port) {
  SocketAddress parsed;
  sockaddr_in four{};
  sockaddr_in6 six{};
  if (::inet_pton(AF_INET, address.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    std::memcpy(&parsed.storage, &four, parsed.size = sizeof four);
    return parsed;
  }
  if (::inet_pton(AF_INET6, address.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    std::memcpy(&parsed.storage, &six, parsed.size = sizeof six);
    return parsed;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Endpoint> parse_endpoint(std::string_view url) {
  std::string_view scheme;
  if (auto at = url.find("://"); at != std::string_view::npos) {
    scheme = url.substr(0, at);
    url.remove_prefix(at + 3);
  }
  url = url.substr(0, url.find_first_of("/?#"));
  if (auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  Endpoint endpoint;
  if (url.substr(0, 1) == "[") {
    auto end = url.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    endpoint.host = url.substr(1, end - 1);
    url.remove_prefix(end + 1);
  } else {
    auto end = std::min(url.find(':'), url.size());
    endpoint.host = url.substr(0, end);
    url.remove_prefix(end);
  }
  if (!url.empty() && url[0] == ':') endpoint.port = url.substr(1);
  if (endpoint.port.empty() && scheme == "http") endpoint.port = "80";
  if (endpoint.port.empty() && scheme == "https") endpoint.port = "443";
  if (endpoint.host.empty() || endpoint.port.empty()) return std::nullopt;
  return endpoint;
}

std::optional<std::string> find_connect_error(const std::string& address, const std::string& port,
                                              std::chrono::milliseconds limit) {
  std::uint16_t number = 0;
  auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  if (read.ec != std::errc() || *read.ptr != 0) return "no such port";
  auto to = parse_address(address, number);
  if (!to) return "no such address";
  int file = ::socket(to->storage.ss_family, SOCK_STREAM, 0);
  if (file < 0) return std::strerror(errno);
  std::unique_ptr<int, void (*)(int*)> close_it(&file, [](int* open) { ::close(*open); });
  if (::fcntl(file, F_SETFL, O_NONBLOCK) < 0) return std::strerror(errno);
  if (::connect(file, reinterpret_cast<const sockaddr*>(&to->storage), to->size) == 0) return std::nullopt;
  if (errno != EINPROGRESS) return std::strerror(errno);
  pollfd ready{file, POLLOUT, 0};
  if (::poll(&ready, 1, static_cast<int>(limit.count())) <= 0) return "no answer";
  int failed = 0;
  socklen_t size = sizeof failed;
  if (::getsockopt(file, SOL_SOCKET, SO_ERROR, &failed, &size) < 0) return std::strerror(errno);
  if (failed != 0) return std::strerror(failed);
  return std::nullopt;
}

}  // namespace otel::base
