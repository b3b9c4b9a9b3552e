// SPDX-License-Identifier: Apache-2.0
#include "published/module_proxy.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"

#include "published/hook_module.h"
#include "published/module_zip.h"

namespace otel::published {
namespace {

// As the path of a URL that stands in a list: separators of lists are encoded too.
std::string encode_path(std::string_view path) {
  std::string encoded;
  for (unsigned char c : path) {
    bool plain =
        std::isalnum(c) || std::string_view("/-._~").find(static_cast<char>(c)) != std::string_view::npos;
    encoded += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
  }
  return encoded;
}

// Lists of these variables have no empty entries.
std::string joined(std::string_view first, std::string_view second) {
  return fmt::format("{}{}{}", first, first.empty() || second.empty() ? "" : ",", second);
}

bool has_entry(std::string_view list, std::string_view entry) {
  const auto entries = base::split(list, ',');
  return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

}  // namespace

std::string escape_module_path(std::string_view path) {
  std::string escaped;
  for (unsigned char c : path) {
    if (std::isupper(c)) escaped += '!';
    escaped += static_cast<char>(std::tolower(c));
  }
  return escaped;
}

std::map<std::string, std::string> render_module_proxy() {
  const auto& module = hook_module();
  const auto& version = hook_module_version();
  auto files = hook_module_files();
  auto directory = escape_module_path(module) + "/@v/";
  return {{directory + "list", version + "\n"},
          {directory + version + ".info", fmt::format("{{\"Version\":\"{}\"}}\n", version)},
          {directory + version + ".mod", std::string(files["go.mod"])},
          {directory + version + ".zip", make_module_zip(module, version, files)}};
}

base::Path write_module_proxy(const base::Path& cache, const base::FileSystem& files) {
  const auto rendered = render_module_proxy();
  std::string all;
  for (const auto& [path, bytes] : rendered) all += fmt::format("{} {}\n{}", path, bytes.size(), bytes);
  auto proxy = cache / "proxy" / base::short_digest(all);
  for (const auto& [path, bytes] : rendered) files.write_file(proxy / path, bytes);
  return proxy;
}

ProxySettings proxy_settings(const base::Path& proxy, std::string_view goproxy, std::string_view gonosumdb) {
  // In front there may be what another release of otel, or this one, has put there.
  auto any = fmt::format("file://{}/", encode_path(proxy.parent_path().string()));
  while (goproxy.starts_with(any))
    goproxy.remove_prefix(std::min(goproxy.find_first_of(",|"), goproxy.size() - 1) + 1);
  const auto& module = hook_module();
  return {joined(any + proxy.filename().string(), goproxy),
          has_entry(gonosumdb, module) ? std::string(gonosumdb) : joined(gonosumdb, module)};
}

}  // namespace otel::published
