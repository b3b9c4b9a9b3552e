// SPDX-License-Identifier: Apache-2.0
#include "plan/package_plan.h"

#include <algorithm>

#include "base/error.h"
#include "plan/weaver_digest.h"

#include "catch.h"

namespace otel::plan {
namespace {

PackagePlan full_plan() {
  using enum gocode::PassMode;
  using notation::FunctionName;
  PackagePlan plan;
  plan.package = "net/http";
  FunctionName client{"Client", true, "Do"}, f{"", false, "F"};
  plan.weaves = {
      kinds::FunctionWeave{
          {"client", "otel_client_Do", client, {{Omit, Value}, {Pointer}}, gocode::HookShape{{}, {Boxed}}},
          {}},
      kinds::FunctionWeave{{"get", "otel_get_Get", {"", false, "Get"}, {}, {}}, {}},
      kinds::StructWeave{{}, "field", "Request", "ctx any"},
      kinds::CallWeave{{}, "call", {"T", false, "M"}, "g(a,\tb)", "h()"},
      kinds::RawWeave{{}, "entry", f, kinds::RawPosition::Entry, "a()\nb()"},
      kinds::RawWeave{{}, "return", f, kinds::RawPosition::Return, "c()"},
      kinds::WrapWeave{{}, "wrap", "otel_wrap_p", "net/url", "url", "Parse"},
      kinds::ValueWeave{{}, "value", "limit", "1 +\n2"},
      kinds::AppendWeave{{}, "append", "otel_append_p", {"net/url", "Join"}, "url", "..", "."},
      kinds::LiteralWeave{
          {}, "literal", "otel_l_p", {"net/url", "URL"}, "url", kinds::LiteralForm::Boxed, "", ""},
      kinds::FileWeave{
          {}, "added", {"x.go", "package http\n\n// \\n is no newline\nvar s = \"\\t\"\n\tx\r\n"}}};
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
        "append\tappend\totel_append_p\tnet/url\tJoin\turl\t..\t.\n"
        "literal\tliteral\totel_l_p\tnet/url\tURL\turl\tboxed\t\t\n"
        "file\tadded\tx.go\tpackage http\\n\\n// \\\\n is no newline\\nvar s = \"\\\\t\"\\n\\tx\\r\\n\n");
}

TEST_CASE("a plan is what its text says") {
  auto plan = parse_package_plan(render_package_plan(full_plan()));
  CHECK(render_package_plan(plan) == render_package_plan(full_plan()));
  REQUIRE(plan.weaves.size() == full_plan().weaves.size());
  const auto& client = std::get<kinds::FunctionWeave>(plan.weaves[0]);
  CHECK(client.before == std::get<kinds::FunctionWeave>(full_plan().weaves[0]).before);
  CHECK(client.after == std::get<kinds::FunctionWeave>(full_plan().weaves[0]).after);
  CHECK(client.function.pointer);
  CHECK_FALSE(std::get<kinds::FunctionWeave>(plan.weaves[1]).after);
  CHECK(std::get<kinds::CallWeave>(plan.weaves[3]).call == "g(a,\tb)");
  CHECK(std::get<kinds::RawWeave>(plan.weaves[4]).insert == "a()\nb()");
  CHECK(std::get<kinds::RawWeave>(plan.weaves[5]).position == kinds::RawPosition::Return);
  CHECK(std::get<kinds::WrapWeave>(plan.weaves[6]).callee_package_name == "url");
  CHECK(std::get<kinds::ValueWeave>(plan.weaves[7]).value == "1 +\n2");
  CHECK(std::get<kinds::AppendWeave>(plan.weaves[8]).parameters == "..");
  CHECK(std::get<kinds::LiteralWeave>(plan.weaves[9]).form == kinds::LiteralForm::Boxed);
  CHECK(std::get<kinds::FileWeave>(plan.weaves[10]).file.text ==
        std::get<kinds::FileWeave>(full_plan().weaves[10]).file.text);
  CHECK_FALSE(plan.empty());
  CHECK(parse_package_plan("package\tp\n").empty());
  CHECK(parse_package_plan("").package.empty());
}

TEST_CASE("empty fields stay") {
  PackagePlan plan;
  plan.package = "p";
  plan.weaves = {kinds::FileWeave{{}, "r", {"x.go", ""}}};
  auto again = parse_package_plan(render_package_plan(plan));
  REQUIRE(again.weaves.size() == 1);
  CHECK(std::get<kinds::FileWeave>(again.weaves[0]).file.text.empty());
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
  std::get<kinds::RawWeave>(other.weaves[4]).insert += " ";
  CHECK(package_plan_digest(render_package_plan(other)) != digest);
  CHECK_FALSE(kWeaverDigest.empty());
}

}  // namespace
}  // namespace otel::plan
