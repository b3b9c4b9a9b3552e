// SPDX-License-Identifier: Apache-2.0
#include "notation/condition.h"

#include "base/error.h"
#include "rules/loader.h"

#include "catch.h"

namespace otel::notation {
namespace {

TEST_CASE("types of rules and canonical types") {
  struct {
    std::string written, canonical;
    bool matches;
  } const cases[] = {
      {"error", "error", true},
      {"error", "errors", false},
      {"context.Context", "\"context\".Context", true},
      {"*net/http.Request", "*\"net/http\".Request", true},
      {"*http.Request", "*\"net/http\".Request", true},
      {"*redis.Client", "*\"github.com/redis/go-redis/v9\".Client", false},
      {"*go-redis.Client", "*\"github.com/redis/go-redis/v9\".Client", true},
      {"gopkg.in/yaml.v3.Node", "\"gopkg.in/yaml.v3\".Node", true},
      {"yaml.Node", "\"gopkg.in/yaml.v3\".Node", true},
      {"Item", "\"own/pkg\".Item", true},
      {"Item", "\"other\".Item", false},
      {"[]Item", "[]\"own/pkg\".Item", true},
      {"...string", "[]string", true},
      {"map[string]any", "map[string]any", true},
      {"interface{}", "any", true},
      {"func(int) error", "func(int) error", true},
      {"<-chan int", "<-chan int", true},
      {"chan int", "chan int", true},
      {"[3]int", "[3]int", true},
      {"int", "int64", false},
      {"int64", "int", false},
      {"x.Context", "\"context\".Context", false},
      {"context.", "\"context\".Context", false},
      {"*int", "int", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.written, c.canonical);
    CHECK(matches_type(c.written, c.canonical, "own/pkg") == c.matches);
  }
}

Condition condition(const std::string& text) {
  auto rules = rules::parse_rules("r.yaml",
                                  "library: l\nhooks: h\nrules:\n- name: r\n  kind: function\n  package: p\n"
                                  "  function: \"*\"\n  before: B\n  where: " +
                                      text + "\n",
                                  [](const std::string&) { return std::nullopt; });
  return *kinds::selector(*rules.at(0).body)->where;
}

std::string error_of(const std::string& text) {
  try {
    condition(text);
  } catch (const base::Error& error) {
    return error.render();
  }
  return "no error";
}

TEST_CASE("conditions hold") {
  FunctionFacts facts{"own/pkg",
                      *parse_function_name("(*Client).Do"),
                      {"\"context\".Context", "*\"net/http\".Request"},
                      {"int", "error"},
                      {"context", "net/http"}};
  facts.receiver = "*\"own/pkg\".Client";
  facts.signature = "func(\"context\".Context,*\"net/http\".Request)(int,error)";
  facts.directives = {"go:noinline", "acme:audit"};
  facts.package_name = "pkg";
  facts.implements = [](const std::string& type, const std::string& interface, const std::string& package) {
    return package == "own/pkg" && interface == "io.Closer" && type != "int" && type[0] != '"';
  };
  struct {
    std::string text;
    bool holds;
  } const cases[] = {
      {"{last_result: error}", true},
      {"{last_result: int}", false},
      {"{first_result: int}", true},
      {"{has_result: error}", true},
      {"{has_result: string}", false},
      {"{first_parameter: context.Context}", true},
      {"{last_parameter: \"*http.Request\"}", true},
      {"{has_parameter: \"*net/http.Request\"}", true},
      {"{has_parameter: error}", false},
      {"{parameters: 2}", true},
      {"{parameters: \">=3\"}", false},
      {"{parameters: \"!=2\"}", false},
      {"{results: \"> 1\"}", true},
      {"{results: \"<2\"}", false},
      {"{results: \"<=2\"}", true},
      {"{imports: net/http}", true},
      {"{imports: net/...}", true},
      {"{imports: database/sql}", false},
      {"{function: \"*.Do\"}", true},
      {"{function: \"(*Client).Do\"}", true},
      {"{function: Do}", false},
      {"{package: own/...}", true},
      {"{package: own}", false},
      {"{exported: true}", true},
      {"{parameter_types: {0: context.Context}}", true},
      {"{parameter_types: {1: context.Context}}", false},
      {"{parameter_types: {0: context.Context, 1: \"*http.Request\"}}", true},
      {"{parameter_types: {2: error}}", false},
      {"{result_types: {1: error}}", true},
      {"{result_types: {0: error}}", false},
      {"{signature: \"func(context.Context, *net/http.Request) (int, error)\"}", true},
      {"{signature: \"func(context.Context, *net/http.Request) int\"}", false},
      {"{directive: acme:audit}", true},
      {"{directive: acme:audits}", false},
      {"{package_name: pkg}", true},
      {"{package_name: main}", false},
      {"{receiver_implements: io.Closer}", true},
      {"{receiver_implements: io.Reader}", false},
      {"{parameter_implements: io.Closer}", true},
      {"{result_implements: io.Closer}", true},
      {"{last_result_implements: io.Closer}", true},
      {"{last_result_implements: io.Reader}", false},
      {"{exported: false}", false},
      {"{last_result: error, parameters: 0}", false},
      {"{all: [{last_result: error}, {parameters: 2}]}", true},
      {"{any: [{last_result: int}, {parameters: 2}]}", true},
      {"{any: [{last_result: int}, {parameters: 1}]}", false},
      {"{not: {last_result: int}}", true},
      {"{not: {last_result: error, parameters: 1}}", true},
      {"{not: {last_result: error, parameters: 2}}", false},
      {"{not: {any: [{imports: fmt}, {not: {imports: context}}]}}", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(condition(c.text).holds(facts) == c.holds);
  }
  FunctionFacts bare{"p", *parse_function_name("f"), {}, {}, {}};
  CHECK_FALSE(condition("{first_parameter: int}").holds(bare));
  CHECK_FALSE(condition("{receiver_implements: io.Closer}").holds(bare));
  CHECK_FALSE(condition("{last_result_implements: io.Closer}").holds(bare));
  CHECK_FALSE(condition("{last_result: error}").holds(bare));
  CHECK(condition("{exported: false}").holds(bare));
}

TEST_CASE("what is wrong with a condition") {
  struct {
    std::string text, expected;
  } const cases[] = {
      {"x", "r.yaml:9:10: \"where\" must be a map of conditions; as in {last_result: error}"},
      {"{}", "r.yaml:9:10: \"where\" must be a map of conditions; as in {last_result: error}"},
      {"{last_reslt: error}",
       "r.yaml:9:11: unknown key \"last_reslt\" in \"where\"; did you mean \"last_result\"?"},
      {"{not: {nott: {}}}", "r.yaml:9:17: unknown key \"nott\" in \"not\"; did you mean \"not\"?"},
      {"{any: {}}", "r.yaml:9:16: \"any\" must be a list"},
      {"{any: []}", "r.yaml:9:16: \"any\" is empty"},
      {"{parameters: two}", "r.yaml:9:23: \"parameters\" is not a number; write 2, \">=1\" or \"<3\""},
      {"{results: \"=>1\"}", "r.yaml:9:20: \"results\" is not a number; write 2, \">=1\" or \"<3\""},
      {"{exported: yes}", "r.yaml:9:21: \"exported\" must be true or false"},
      {"{last_result: [error]}", "r.yaml:9:24: \"last_result\" must be a string, not a list or a map"},
      {"{function: T.F.G}",
       "r.yaml:9:21: \"T.F.G\" is not a function name; write F, T.M, (*T).M, a glob or /regular expression/"},
      {"{function: '/a{7777}/'}",
       "r.yaml:9:21: \"/a{7777}/\" is not a function name; invalid regular expression: invalid repetition "
       "size: {7777} (character 2)"},
      {"{function: /(/}",
       "r.yaml:9:21: \"/(/\" is not a function name; invalid regular expression: missing ): ("},
      {"{parameter_types: error}",
       "r.yaml:9:28: \"parameter_types\" must be a map from positions to types; as in {0: "
       "context.Context}; 0 is the first, without the receiver"},
      {"{result_types: {last: error}}", "r.yaml:9:26: \"last\" is not a position in \"result_types\"; as in"},
      {"{result_types: {-1: error}}", "r.yaml:9:26: \"-1\" is not a position in \"result_types\"; as in"},
      {"{result_types: {99999999999999999999: error}}",
       "r.yaml:9:26: \"99999999999999999999\" is not a position in \"result_types\"; as in"},
      {"{result_types: {1: error, 01: int}}", "r.yaml:9:36: duplicate position 01 in \"result_types\""},
      {"{result_types: {0: [error]}}", "r.yaml:9:29: \"result_types\" must be a string, not a list or a map"},
      {"{signature: (int) error}",
       "r.yaml:9:22: \"(int) error\" is not a signature; write func(context.Context, string) error, without "
       "names"},
      {"{receiver_implements: \"*io.Closer\"}",
       "r.yaml:9:32: \"*io.Closer\" is not the name of an interface; write import/path.Name, as in "
       "io.Closer, or error"},
      {"{directive: audit}", "r.yaml:9:22: \"audit\" is not a directive; write tool:name, as in otel:span"},
      {"{exported: true, exported: true}", "r.yaml:9:27: duplicate key \"exported\" in \"where\""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(error_of(c.text).substr(0, c.expected.size()) == c.expected);
  }
}

}  // namespace
}  // namespace otel::notation
