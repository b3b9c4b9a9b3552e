// SPDX-License-Identifier: Apache-2.0
#include "plan/selection.h"

#include "base/error.h"
#include "rules/loader.h"

#include "catch.h"

namespace otel::plan {
namespace {

gotool::BuildGraph graph() {
  return gotool::parse_build_graph(
      "package net/http\nname http\nstandard\n"
      "package a.example/gin\nname gin\nmodule a.example/gin\nversion v1.9.0\n"
      "package b.example/local\nname local\nmodule b.example/local\nlocal\n");
}

// One rule of library `l` with more keys.
rules::Rule rule(const std::string& name, const std::string& package, const std::string& more = "",
                 const std::string& library = "l") {
  auto text = "library: " + library + "\nrules:\n- {name: " + name +
              ", kind: struct, struct: S, field: a int, package: " + package + more + "}\n";
  return rules::parse_rules("r.yaml", text, [](const std::string&) { return std::nullopt; })[0];
}

// "woven", or the reason with "!" in front if it is a warning.
std::string outcome(const rules::Rule& rule, const std::string& go,
                    const std::vector<std::string>& disabled = {}) {
  std::vector<rules::Rule> rules = {rule};
  auto packages = graph();
  auto selection = select_rules(rules, packages, go, disabled);
  CHECK(selection.selected.size() + selection.skipped.size() == 1);
  if (!selection.skipped.empty())
    return (selection.skipped[0].is_warning ? "!" : "") + selection.skipped[0].text();
  CHECK(selection.selected[0].package == packages.find(rule.package));
  return "woven";
}

TEST_CASE("which rules apply") {
  CHECK(outcome(rule("r", "net/http"), "go1.26.8") == "woven");
  CHECK(outcome(rule("r", "net/url"), "go1.26.8") == "net/url is not in this build");
  CHECK(outcome(rule("r", "net/http", ", go: \">=1.27\""), "go1.26.8") ==
        "it is for Go >=1.27, this is go1.26.8");
  CHECK(outcome(rule("r", "net/http", ", go: \">=1.26, <1.27\""), "go1.26.8") == "woven");
  CHECK(outcome(rule("r", "a.example/gin", ", version: \">=v1.7.0, <v2\""), "go1.26.8") == "woven");
  CHECK(outcome(rule("r", "a.example/gin", ", version: \"<v1.9.0\""), "go1.26.8") ==
        "!it is for a.example/gin <v1.9.0, this build uses v1.9.0");
  // What has no version (a directory, the standard library) is taken as fitting.
  CHECK(outcome(rule("r", "b.example/local", ", version: \">=v9\""), "go1.26.8") == "woven");
  CHECK(outcome(rule("r", "net/http", ", version: \">=v9\""), "go1.26.8") == "woven");
}

TEST_CASE("a rule for other versions is no news where its library has one for this version") {
  std::vector<rules::Rule> rules = {rule("old", "a.example/gin", ", version: \"<v1.9.0\""),
                                    rule("new", "a.example/gin", ", version: \">=v1.9.0\""),
                                    rule("other", "a.example/gin", ", version: \"<v1.9.0\"", "other")};
  auto packages = graph();
  auto selection = select_rules(rules, packages, "go1.26.8", {});
  REQUIRE(selection.skipped.size() == 2);
  CHECK_FALSE(selection.skipped[0].is_warning);
  CHECK(selection.skipped[1].is_warning);
}

TEST_CASE("rules are disabled by name or library") {
  CHECK(outcome(rule("r", "net/http"), "go1.26.8", {"r"}) == "disabled");
  CHECK(outcome(rule("r", "net/http"), "go1.26.8", {"l"}) == "disabled");
  CHECK_THROWS_AS(outcome(rule("r", "net/http"), "go1.26.8", {"other"}), base::Error);
  try {
    outcome(rule("http_server", "net/http", "", "net/http"), "go1.26.8", {"http_sever"});
    FAIL("no error");
  } catch (const base::Error& error) {
    CHECK(error.render() == "otel: unknown rule or library \"http_sever\"; did you mean \"http_server\"?\n");
    CHECK(error.status() == base::kExitUsage);
  }
}

TEST_CASE("a detector is for the program, once, and nothing by itself") {
  auto text = "library: l\nhooks: b.example/local/h\nrules:\n- {name: d, kind: detector, detect: Fleet}\n";
  auto rules = rules::parse_rules("r.yaml", text, [](const std::string&) { return std::nullopt; });
  auto packages = gotool::parse_build_graph(
      "package net/http\nname http\nstandard\n"
      "package b.example/local/inner\nname inner\nmodule b.example/local\nlocal\n"
      "package b.example/local\nname main\nmodule b.example/local\nlocal\nnamed\n"
      "package b.example/local/two\nname main\nmodule b.example/local\nlocal\nnamed\n");
  auto selection = select_rules(rules, packages, "go1.26.8", {});
  REQUIRE(selection.selected.size() == 1);
  CHECK(selection.selected[0].package == packages.find("b.example/local"));
  CHECK(selection.empty());
  rules.push_back(rule("r", "net/http"));
  CHECK_FALSE(select_rules(rules, packages, "go1.26.8", {}).empty());
  // Where nothing local is named there is no program to describe.
  auto elsewhere = graph();
  CHECK(select_rules({rules[0]}, elsewhere, "go1.26.8", {}).selected.empty());
}

TEST_CASE("rules that support others are nothing by themselves") {
  auto support = rule("s", "net/http"), plain = rule("r", "net/http"), absent = rule("a", "nowhere");
  support.support = true;
  auto packages = graph();
  auto empty = [&](const std::vector<rules::Rule>& rules) {
    return select_rules(rules, packages, "go1.26.8", {}).empty();
  };
  CHECK(empty({}));
  CHECK(empty({support}));
  CHECK(empty({support, absent}));
  CHECK_FALSE(empty({support, plain}));
  CHECK_FALSE(empty({plain}));
}

TEST_CASE("selected rules keep the order of the rules") {
  std::vector<rules::Rule> rules = {rule("b", "net/http"), rule("x", "nowhere"), rule("a", "net/http"),
                                    rule("c", "a.example/gin")};
  auto packages = graph();
  auto selection = select_rules(rules, packages, "go1.26.8", {});
  std::string names;
  for (const auto& selected : selection.selected) names += selected.rule->name;
  CHECK(names == "bac");
  REQUIRE(selection.skipped.size() == 1);
  CHECK(selection.skipped[0].rule == &rules[1]);
}

TEST_CASE("rules for several packages") {
  auto packages = gotool::parse_build_graph(
      "package net/http\nname http\nstandard\n"
      "package a.example/sdk\nname sdk\nmodule a.example/sdk\nversion v1.9.0\n"
      "package a.example/sdk/deep\nname deep\nmodule a.example/sdk\nversion v1.9.0\n"
      "package otel.runtime/hook\nname hook\nmodule otel.runtime\nlocal\n"
      "package b.example/x\nname x\nmodule b.example/x\nlocal\nversion v2.0.0\n");
  auto meant = [&](const rules::Rule& rule) {
    std::vector<rules::Rule> rules = {rule};
    auto selection = select_rules(rules, packages, "go1.26.8", {});
    std::string text;
    for (const auto& selected : selection.selected) text += selected.package->import_path + " ";
    for (const auto& skipped : selection.skipped)
      text += (skipped.is_warning ? "!" : "") + skipped.text() + " ";
    return text;
  };
  CHECK(meant(rule("r", "a.example/...")) == "a.example/sdk a.example/sdk/deep ");
  CHECK(meant(rule("r", "a.example/*")) == "a.example/sdk ");
  CHECK(meant(rule("r", "\"...\"")) == "a.example/sdk a.example/sdk/deep b.example/x ");
  CHECK(meant(rule("r", "net/...")) == "net/http ");
  CHECK(meant(rule("r", "c.example/...")) == "no package in this build matches c.example/... ");
  CHECK(meant(rule("r", "a.example/...", ", version: \"<v1.9.0\"")) ==
        "!it is for a.example/sdk <v1.9.0, this build uses v1.9.0 ");
  CHECK(meant(rule("r", "\"...\"", ", version: \">=v2\"")) ==
        "b.example/x it is for a.example/sdk >=v2, this build uses v1.9.0 it is for a.example/sdk >=v2, this "
        "build uses v1.9.0 ");
  auto inactive = rule("r", "a.example/...");
  inactive.inactive_reason = "overridden at x.yaml:4";
  CHECK(meant(inactive) == "overridden at x.yaml:4 ");
}

TEST_CASE("a rule without a package is for what is local") {
  std::vector<rules::Rule> rules = {rule("r", "x")};
  rules[0].package.clear();
  auto packages = graph();
  auto selection = select_rules(rules, packages, "go1.26.8", {});
  REQUIRE(selection.selected.size() == 1);
  CHECK(selection.selected[0].package->import_path == "b.example/local");
  packages.packages.pop_back();
  selection = select_rules(rules, packages, "go1.26.8", {});
  REQUIRE(selection.skipped.size() == 1);
  CHECK(selection.skipped[0].text() == "this build has no local packages");
  CHECK_FALSE(selection.skipped[0].is_warning);
}

TEST_CASE("rules on one function are ordered") {
  std::vector<rules::Rule> rules = {rule("b", "net/http"), rule("c", "net/http"), rule("a", "net/http")};
  rules[0].order = 5;
  rules[2].order = -5;
  auto packages = graph();
  std::string names;
  for (const auto& selected : select_rules(rules, packages, "go1.26.8", {}).selected)
    names += selected.rule->name;
  CHECK(names == "acb");
}

}  // namespace
}  // namespace otel::plan
