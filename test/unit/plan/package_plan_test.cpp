// SPDX-License-Identifier: Apache-2.0
#include "plan/package_plan.h"

#include <algorithm>

#include "base/error.h"
#include "plan/weaver_digest.h"

#include "catch.h"

namespace otel::plan {
namespace {

PackagePlan full_plan() {
  using enum Pass;
  PackagePlan plan;
  plan.package = "net/http";
  plan.functions = {
      {"client", "otel_client_Do", {"Client", true, "Do"}, {{Omit, Value}, {Pointer}}, true, {{}, {Boxed}}},
      {"get", "otel_get_Get", {"", false, "Get"}, {}, false, {}}};
  plan.structs = {{"field", "Request", "ctx any"}};
  plan.files = {{"added", "x.go", "package http\n\n// \\n is no newline\nvar s = \"\\t\"\n\tx\r\n"}};
  plan.calls = {{"call", {"T", false, "M"}, "g(a,\tb)", "h()"}};
  plan.raws = {{"entry", {"", false, "F"}, rules::RawPosition::Entry, "a()\nb()"},
               {"return", {"", false, "F"}, rules::RawPosition::Return, "c()"}};
  plan.wraps = {{"wrap", "otel_wrap_p", "net/url", "url", "Parse"}};
  plan.values = {{"value", "limit", "1 +\n2"}};
  return plan;
}

TEST_CASE("a plan is one line for each weave") {
  CHECK(render_package_plan(full_plan()) ==
        "package\tnet/http\n"
        "function\tclient\totel_client_Do\t(*Client).Do\t-v|p\t|i\n"
        "function\tget\totel_get_Get\tGet\t|\tnone\n"
        "struct\tfield\tRequest\tctx any\n"
        "call\tcall\tT.M\tg(a,\\tb)\th()\n"
        "raw\tentry\tF\tentry\ta()\\nb()\n"
        "raw\treturn\tF\treturn\tc()\n"
        "wrap\twrap\totel_wrap_p\tnet/url\turl\tParse\n"
        "value\tvalue\tlimit\t1 +\\n2\n"
        "file\tadded\tx.go\tpackage http\\n\\n// \\\\n is no newline\\nvar s = \"\\\\t\"\\n\\tx\\r\\n\n");
}

TEST_CASE("a plan is what its text says") {
  auto plan = parse_package_plan(render_package_plan(full_plan()));
  CHECK(render_package_plan(plan) == render_package_plan(full_plan()));
  REQUIRE(plan.functions.size() == 2);
  CHECK(plan.functions[0].before == full_plan().functions[0].before);
  CHECK(plan.functions[0].after == full_plan().functions[0].after);
  CHECK(plan.functions[0].function.pointer);
  CHECK_FALSE(plan.functions[1].has_after);
  CHECK(plan.files[0].text == full_plan().files[0].text);
  CHECK(plan.calls[0].call == "g(a,\tb)");
  CHECK(plan.raws[0].insert == "a()\nb()");
  CHECK(plan.raws[1].position == rules::RawPosition::Return);
  CHECK(plan.wraps[0].callee_package_name == "url");
  CHECK(plan.values[0].value == "1 +\n2");
  CHECK_FALSE(plan.empty());
  CHECK(parse_package_plan("package\tp\n").empty());
  CHECK(parse_package_plan("").package.empty());
}

TEST_CASE("empty fields stay") {
  PackagePlan plan;
  plan.package = "p";
  plan.files = {{"r", "x.go", ""}};
  auto again = parse_package_plan(render_package_plan(plan));
  REQUIRE(again.files.size() == 1);
  CHECK(again.files[0].text.empty());
}

TEST_CASE("a text that is no plan is our bug") {
  struct {
    std::string text, expected;
  } const cases[] = {
      {"nonsense\tx\n", "plan line of kind nonsense"},
      {"struct\tr\tName\n", "plan line too short: struct\tr\tName"},
      {"function\tr\ts\tF\n", "plan line too short: function\tr\ts\tF"},
      {"function\tr\ts\tF\tv\tnone\n", "hook shape v"},
      {"function\tr\ts\tF\tx|\tnone\n", "pass 'x'"},
      {"function\tr\ts\t1F\t|\tnone\n", "function name 1F in a plan"},
      {"call\tr\t\ta\tb\n", "function name  in a plan"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK_THROWS_AS(parse_package_plan(c.text), base::InternalError);
    CHECK_THROWS_WITH(parse_package_plan(c.text), c.expected);
  }
}

TEST_CASE("a digest stands for the plan and the weaver") {
  auto text = render_package_plan(full_plan());
  auto digest = package_plan_digest(text);
  CHECK(digest.size() == 32);
  CHECK(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(package_plan_digest(text) == digest);
  auto other = full_plan();
  other.raws[0].insert += " ";
  CHECK(package_plan_digest(render_package_plan(other)) != digest);
  CHECK_FALSE(kWeaverDigest.empty());
}

TEST_CASE("hook shapes") {
  using enum Pass;
  CHECK(HookShape{{Omit, Value, Pointer, Boxed}, {Value}}.text() == "-vpi|v");
  CHECK(HookShape{}.text() == "|");
  for (std::string text : {"|", "-vpi|v", "|p", "v|"}) CHECK(HookShape::parse(text).text() == text);
  for (std::string text : {"", "v", "x|", "|V"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(HookShape::parse(text), base::InternalError);
  }
}

}  // namespace
}  // namespace otel::plan
