// SPDX-License-Identifier: Apache-2.0
//
// What a hundred rule sets cost the analysis of a build that has none of their packages. Hidden; to run it:
//
//   build/dev/test/otel_unit '[benchmark]'
#include <catch2/catch.hpp>
#include <chrono>
#include <fmt/format.h>

#include "base/embedded.h"
#include "base/text.h"
#include "plan/selection.h"
#include "rules/rule_heads.h"
#include "rules/rule_set.h"

namespace otel::rules {
namespace {

struct RuleSet {
  std::string name;
  std::string text;
};

// Those of otel, over and over, with names and packages of their own.
std::vector<RuleSet> make_rule_sets(std::size_t count) {
  std::vector<RuleSet> sets;
  while (sets.size() < count)
    for (const auto& file : base::embedded_files()) {
      if (!file.path.starts_with("rulesets/") || !file.path.ends_with("/rules.yaml")) continue;
      auto copy = sets.size();
      auto text = base::replace_all(std::string(file.text), "- name: ", fmt::format("- name: copy{}_", copy));
      text = base::replace_all(text, "package: ", fmt::format("package: copy{}.example/", copy));
      sets.push_back({fmt::format("rulesets/copy{}/rules.yaml", copy), std::move(text)});
    }
  sets.resize(count);
  return sets;
}

gotool::BuildGraph make_graph(std::size_t packages) {
  gotool::BuildGraph graph;
  graph.packages.resize(packages);
  for (std::size_t i = 0; i < packages; ++i)
    graph.packages[i].import_path = fmt::format("example.com/p{}", i);
  return graph;
}

TEST_CASE("a hundred rule sets of which a build has nothing", "[.][benchmark]") {
  using Clock = std::chrono::steady_clock;
  auto sets = make_rule_sets(100);
  auto graph = make_graph(1000);
  double first = 0, least = 0;
  std::size_t rules = 0;
  for (int run = 0; run < 20; ++run) {
    auto began = Clock::now();
    std::vector<RuleFile> files;
    for (const auto& set : sets) files.push_back(scan_rule_heads(set.name, set.text));
    auto merged = merge_rule_files(std::move(files));
    auto selection = plan::select_rules(merged, graph, "1.26", {});
    auto took = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    CHECK(selection.empty());
    CHECK(selection.skipped.size() == merged.size());
    rules = merged.size();
    if (run == 0) first = took;
    least = run == 0 ? took : std::min(least, took);
  }
  fmt::print("{} rule sets, {} rules, {} packages: {:.2f} ms the first time, {:.2f} ms at least\n",
             sets.size(), rules, graph.packages.size(), first, least);
}

}  // namespace
}  // namespace otel::rules
