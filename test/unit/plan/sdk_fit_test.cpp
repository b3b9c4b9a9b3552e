// SPDX-License-Identifier: Apache-2.0
#include "plan/sdk_fit.h"

#include "catch.h"

namespace otel::plan {
namespace {

gotool::ModuleFile with(const std::string& path, const std::string& version) {
  return gotool::parse_module_file("module m\ngo 1.24\nrequire " + path + " " + version + "\n");
}

TEST_CASE("the SDK's package resource is woven where x/sys is too old for it") {
  CHECK_FALSE(fit_sdk_resource(with("a.example", "v1.0.0")));
  CHECK_FALSE(fit_sdk_resource(with("golang.org/x/sys", "v0.1.0")));
  CHECK_FALSE(fit_sdk_resource(with("golang.org/x/sys", "v0.48.0")));
  auto plan = fit_sdk_resource(with("golang.org/x/sys", "v0.0.0-20200116001909-b77594299b42"));
  REQUIRE(plan);
  CHECK(plan->package == "go.opentelemetry.io/otel/sdk/resource");
  CHECK(plan->weaves.size() == 5);
}

TEST_CASE("the SDK compiles with logr since it is a struct") {
  CHECK_FALSE(fits_sdk("github.com/go-logr/logr", "v0.4.0"));
  CHECK(fits_sdk("github.com/go-logr/logr", "v1.2.0"));
  CHECK(fits_sdk("golang.org/x/sys", "v0.0.0-20200116001909-b77594299b42"));
}

TEST_CASE("a raise out of v0 may break who imports the module") {
  gotool::BuildGraph graph;
  gotool::Package contrib;
  contrib.import_path = "contrib.example/otelhttp";
  contrib.module = {"contrib.example", "v0.36.0", false};
  contrib.imports = {"go.opentelemetry.io/otel/metric/instrument"};
  gotool::Package own;
  own.import_path = "go.opentelemetry.io/otel/internal/global";
  own.module = {"go.opentelemetry.io/otel", "v1.15.0", false};
  own.imports = {"go.opentelemetry.io/otel/metric"};
  graph.packages = {own, contrib};
  const Raise otel{"go.opentelemetry.io/otel", "v1.15.0", "v1.35.0"};
  const Raise metric{"go.opentelemetry.io/otel/metric", "v0.37.0", "v1.35.0"};
  CHECK(find_broken_by({otel}, graph) == nullptr);
  const auto* broken = find_broken_by({otel, metric}, graph);
  REQUIRE(broken != nullptr);
  CHECK(broken->import_path == "contrib.example/otelhttp");
  graph.packages = {own};
  CHECK(find_broken_by({otel, metric}, graph) == nullptr);
  // A longer path is another module.
  contrib.imports = {"go.opentelemetry.io/otel/metrics"};
  graph.packages = {contrib};
  CHECK(find_broken_by({metric}, graph) == nullptr);
}

}  // namespace
}  // namespace otel::plan
