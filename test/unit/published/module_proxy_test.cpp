// SPDX-License-Identifier: Apache-2.0
#include "published/module_proxy.h"

#include <fmt/format.h>

#include "base/files.h"

#include "catch.h"
#include "published/hook_module.h"

namespace otel::published {
namespace {

TEST_CASE("the proxy has one version of the module") {
  auto files = render_module_proxy();
  REQUIRE(files.size() == 4);
  auto directory = escape_module_path(hook_module()) + "/@v/";
  CHECK(files[directory + "list"] == hook_module_version() + "\n");
  CHECK(files[directory + hook_module_version() + ".mod"] == hook_module_files()["go.mod"]);
  CHECK(files[directory + hook_module_version() + ".zip"].starts_with("PK\x03\x04"));
  CHECK(files == render_module_proxy());
  CHECK(escape_module_path("code.example.org/Team/hook") == "code.example.org/!team/hook");
}

TEST_CASE("a proxy that was changed is written again") {
  auto cache = base::make_unique_path(base::find_temporary_directory() / "proxy");
  auto proxy = write_module_proxy(cache);
  auto files = render_module_proxy();
  for (const auto& [path, bytes] : files) CHECK(base::read_file(proxy / path) == bytes);
  base::write_file(proxy / files.begin()->first, "changed");
  CHECK(write_module_proxy(cache) == proxy);
  for (const auto& [path, bytes] : files) CHECK(base::read_file(proxy / path) == bytes);
  base::remove_tree(cache);
}

TEST_CASE("settings for plain go name the proxy first and keep the user's") {
  const auto& module = hook_module();
  const std::string own = "file:///cache/proxy/0123";
  struct {
    std::string goproxy, gonosumdb, want_goproxy, want_gonosumdb;
  } const cases[] = {
      {"https://a.example,direct", "", own + ",https://a.example,direct", module},
      {"https://a.example|direct", "b.example/*", own + ",https://a.example|direct", "b.example/*," + module},
      {"off", module, own + ",off", module},
      {"", "b.example," + module, own, "b.example," + module},
      // Evaluated twice, and after another release of otel.
      {own + ",off", module, own + ",off", module},
      {"file:///cache/proxy/4567," + own + "|off", module, own + ",off", module},
      {"file:///cache/proxy/4567", module, own, module},
      {"file:///cache/proxies/x,off", module, own + ",file:///cache/proxies/x,off", module},
  };
  for (const auto& c : cases) {
    CAPTURE(c.goproxy, c.gonosumdb);
    auto settings = proxy_settings("/cache/proxy/0123", c.goproxy, c.gonosumdb);
    CHECK(settings.goproxy == c.want_goproxy);
    CHECK(settings.gonosumdb == c.want_gonosumdb);
  }
  CHECK(proxy_settings("/a b/100%,|/proxy/01", "", "").goproxy == "file:///a%20b/100%25%2C%7C/proxy/01");
}

}  // namespace
}  // namespace otel::published
