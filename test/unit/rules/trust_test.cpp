// SPDX-License-Identifier: Apache-2.0
#include "rules/trust.h"

#include "base/error.h"
#include "rules/loader.h"
#include "rules/trust_text.h"

#include "catch.h"

namespace otel::rules {
namespace {

std::vector<TrustEntry> entries(const std::string& list) {
  auto none = [](const std::string&) { return std::nullopt; };
  return parse_rule_file("p.yaml", "library: p\nrules: []\ntrust: " + list + "\n", none).trust;
}

std::string error_of(const std::string& list) {
  try {
    entries(list);
  } catch (const base::Error& error) {
    return error.message();
  }
  return "";
}

const std::string kDigest = rules_digest({{"otel.rules.yaml", "x"}});
const std::string kOtherDigest = rules_digest({{"otel.rules.yaml", "y"}});

TEST_CASE("which modules have consent") {
  struct {
    std::string list;
    std::string module, version;
    Trust trust;
  } const cases[] = {
      {"[]", "a.b/c", "v1.0.0", Trust::None},
      {"[{module: a.b/c}]", "a.b/c", "v1.0.0", Trust::Given},
      {"[{module: a.b/c}]", "a.b/c/d", "v1.0.0", Trust::None},
      {"[{module: a.b/c}]", "a.b/cc", "v1.0.0", Trust::None},
      {"[{module: a.b/...}]", "a.b/c/d", "v1.0.0", Trust::Given},
      {"[{module: a.b/...}]", "a.bc/d", "v1.0.0", Trust::None},
      {"[{module: a.b/*/d}]", "a.b/c/d", "v1.0.0", Trust::Given},
      {"[{module: a.b/c, version: \">=v1.2.0, <v2\"}]", "a.b/c", "v1.2.0", Trust::Given},
      {"[{module: a.b/c, version: \">=v1.2.0, <v2\"}]", "a.b/c", "v1.1.0", Trust::None},
      {"[{module: a.b/c, version: \">=v1.2.0, <v2\"}]", "a.b/c", "v2.0.0", Trust::None},
      {"[{module: a.b/c, version: \">=v1.2.0, <v2\"}]", "a.b/c", "", Trust::Given},  // a directory
      {"[{module: a.b/c, digest: \"" + kDigest + "\"}]", "a.b/c", "v1.0.0", Trust::Given},
      {"[{module: a.b/c, digest: \"" + kOtherDigest + "\"}]", "a.b/c", "v1.0.0", Trust::Changed},
      {"[{module: a.b/c, digest: \"" + kOtherDigest + "\"}, {module: a.b/...}]", "a.b/c", "v1", Trust::Given},
      {"[{module: a.b/c, digest: \"" + kOtherDigest + "\", version: v3.0.0}]", "a.b/c", "v1.0.0",
       Trust::None},
  };
  for (const auto& c : cases) {
    CAPTURE(c.list, c.module, c.version);
    CHECK(find_trust(entries(c.list), c.module, c.version, kDigest) == c.trust);
  }
}

TEST_CASE("entries that are not understood") {
  CHECK(error_of("{module: a.b/c}") == "\"trust\" must be a list");
  CHECK(error_of("[a.b/c]") == "an entry of \"trust\" must be a map with the key module");
  CHECK(error_of("[{}]") == "missing key \"module\" in an entry of \"trust\"");
  CHECK(error_of("[{modul: a.b/c}]") == "unknown key \"modul\" in trust");
  CHECK(error_of("[{module: ...}]") == "\"...\" matches every module");
  CHECK(error_of("[{module: a.b/c, digest: abc}]") == "invalid digest \"abc\"");
  CHECK(error_of("[{module: a.b/c, version: x}]").starts_with("invalid version range in \"version\""));
}

TEST_CASE("a digest covers names and bytes of all files") {
  using Files = std::vector<std::pair<std::string, std::string>>;
  auto digest = rules_digest({{"a", "xy"}, {"b", ""}});
  for (const auto& files : {Files{{"a", "xz"}, {"b", ""}}, Files{{"a", "x"}, {"b", "y"}}, Files{{"a", "xy"}},
                            Files{{"b", ""}, {"a", "xy"}}, Files{{"a 2", "xy"}, {"b", ""}}})
    CHECK(rules_digest(files) != digest);
  CHECK(rules_digest({{"a", "xy"}, {"b", ""}}) == digest);
}

// What a dependency's rule does x where: what it needs consent for.
TEST_CASE("what a dependency's rule may do without consent") {
  const std::string own = "package: sdk.example/m", hooks = "hooks: sdk.example/m/hooks\n";
  struct {
    std::string head, rule;
    std::string reason;
  } const cases[] = {
      {hooks, "kind: function, " + own + ", function: F, before: B", ""},
      {hooks, "kind: function, " + own + "/deep, function: F, before: B", ""},
      {hooks, "kind: function, " + own + "/..., function: F, before: B", ""},
      {hooks, "kind: directive, " + own + ", directive: \"m:x\", before: B", ""},
      {"", "kind: struct, " + own + ", struct: S, field: a int", ""},
      {"", "kind: value, " + own + ", variable: v, value: \"1\"", ""},
      {"", "kind: file, " + own + ", file: a.go", "it is of kind file"},
      {"", "kind: call, " + own + ", function: F, call: f(), replace: g()", "it is of kind call"},
      {"", "kind: raw, " + own + ", function: F, at: entry, insert: f()", "it is of kind raw"},
      {hooks, "kind: wrap, " + own + ", callee: net/http.Get, with: Get", "it is of kind wrap"},
      {hooks, "kind: append, " + own + ", callee: a.b/c.F, with: G", "it is of kind append"},
      {"", "kind: literal, " + own + ", literal: a.b/c.T, field: f, value: \"1\"", "it is of kind literal"},
      {hooks, "kind: accessor, " + own + ", on: c T, expression: c.a, set: A", ""},
      {hooks, "kind: accessor, package: net/http, on: c T, expression: c.a, set: A", "it is for net/http"},
      {"hooks: other.example/h\n", "kind: accessor, " + own + ", expression: a, set: A",
       "its hooks are in other.example/h"},
      {hooks, "kind: directive, directive: \"m:x\", before: B", "it is for packages of the program"},
      {hooks, "kind: function, package: crypto/tls, function: F, before: B", "it is for crypto/tls"},
      {hooks, "kind: function, package: ..., function: F, before: B", "it is for ..."},
      {hooks, "kind: function, package: sdk.example/..., function: F, before: B",
       "it is for sdk.example/..."},
      {hooks, "kind: function, package: sdk.example/mm, function: F, before: B", "it is for sdk.example/mm"},
      {hooks, "kind: function, package: sdk.example/m..., function: F, before: B",
       "it is for sdk.example/m..."},
      {"hooks: other.example/h\n", "kind: function, " + own + ", function: F, before: B",
       "its hooks are in other.example/h"},
      {"hooks: otel.runtime/instrumentation/net_http\n",
       "kind: function, " + own + ", function: F, before: B",
       "its hooks are in otel.runtime/instrumentation/net_http"},
      {"support: true\n", "kind: struct, " + own + ", struct: S, field: a int",
       "it supports rules of others"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.rule);
    auto text = "library: m\n" + c.head + "rules:\n  - {name: r, " + c.rule + "}\n";
    auto any = [](const std::string&) { return std::optional<std::string>("package p\n"); };
    auto rule = parse_rule_file("m.yaml", text, any).rules.at(0);
    rule.module = "sdk.example/m";
    CHECK(needs_consent(rule).value_or("") == c.reason);
  }
}

TEST_CASE("consent is written into a file that stays as it was") {
  const std::string line = "{module: a.b/c, digest: \"" + kDigest + "\"}\n";
  struct {
    std::string before, after;
  } const cases[] = {
      {"",
       "# The project's rules, and the modules whose rules it consents to; see \"otel help rule-files\".\n"
       "library: project\nrules: []\ntrust:\n  - " +
           line},
      {"library: x # why\nrules: []", "library: x # why\nrules: []\ntrust:\n  - " + line},
      {"library: x\ntrust:\n- {module: z.z/z}\nrules: []\n",
       "library: x\ntrust:\n- " + line + "- {module: z.z/z}\nrules: []\n"},
      {"library: x\ntrust:\n    # all\n    - module: z.z/z\nrules: []\n",
       "library: x\ntrust:\n    # all\n    - " + line + "    - module: z.z/z\nrules: []\n"},
      {"library: x\ntrust:\n  - {module: a.b/c, digest: \"" + kOtherDigest +
           "\"} # old\n  - {module: y.y}\nrules: []\n",
       "library: x\ntrust:\n  - " + line + "  - {module: y.y}\nrules: []\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.before);
    CHECK(add_trust("p.yaml", c.before, "a.b/c", kDigest) == c.after);
    CHECK(add_trust("p.yaml", c.after, "a.b/c", kDigest) == c.after);
  }
  for (const auto* other :
       {"library: x\nrules: []\ntrust: []\n", "library: x\nrules: []\ntrust: [{module: z.z/z}]\n",
        "{library: x, rules: []}\n", "library: x\nrules: []\ntrust: {}\n"}) {
    CAPTURE(other);
    CHECK_THROWS_WITH(add_trust("p.yaml", other, "a.b/c", kDigest),
                      "\"trust\" is not written as a list with a line for each entry");
  }
  // The same module's entry of several lines can't be replaced line by line.
  CHECK_THROWS_AS(
      add_trust("p.yaml",
                "library: x\nrules: []\ntrust:\n  - module: a.b/c\n    digest: \"" + kOtherDigest + "\"\n",
                "a.b/c", kDigest),
      base::Error);
}

}  // namespace
}  // namespace otel::rules
