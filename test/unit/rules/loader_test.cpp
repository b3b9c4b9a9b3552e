// SPDX-License-Identifier: Apache-2.0
#include "rules/loader.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/version.h"

#include "catch.h"
#include "published/hook_module.h"

namespace otel::rules {
namespace {

const FileReader kNoFiles = [](const std::string&) { return std::nullopt; };

std::string error_of(std::string_view text, const FileReader& read = kNoFiles) {
  try {
    parse_rules("r.yaml", text, read);
  } catch (const base::Error& error) {
    return error.render();
  }
  return "no error";
}

Rule only_rule(std::string_view text) {
  auto rules = parse_rules("r.yaml", text, kNoFiles);
  REQUIRE(rules.size() == 1);
  return rules[0];
}

TEST_CASE("rules for this API level are read") {
  CHECK(error_of(fmt::format("library: l\napi: {}\nrules: []\n", published::kApiLevel)) == "no error");
}

TEST_CASE("a function rule with everything") {
  auto rule = only_rule(
      "library: net/http\n"
      "description: for readers\n"
      "hooks: otel.runtime/instrumentation/net_http\n"
      "support: true\n"
      "rules:\n"
      "  - name: http_client\n"
      "    description: spans\n"
      "    kind: function\n"
      "    package: net/http\n"
      "    go: \">=1.25\"\n"
      "    version: \">=v1.7.0, <v2\"\n"
      "    function: (*Transport).roundTrip\n"
      "    before: Before\n"
      "    after: After\n");
  CHECK(rule.name == "http_client");
  CHECK(rule.library == "net/http");
  CHECK(rule.hooks == "otel.runtime/instrumentation/net_http");
  CHECK(rule.support);
  CHECK(rule.kind().name == "function");
  CHECK(rule.package == "net/http");
  REQUIRE(rule.go);
  CHECK(rule.go->text() == ">=1.25");
  REQUIRE(rule.version);
  CHECK(rule.version->text() == ">=v1.7.0, <v2");
  const auto& body = std::get<kinds::FunctionRule>(*rule.body);
  CHECK(body.functions.function == notation::FunctionName{"Transport", true, "roundTrip"});
  CHECK(body.hooks.before == "Before");
  CHECK(body.hooks.after == "After");
  CHECK(rule.place.file == "r.yaml");
  CHECK(rule.place.line == 6);
  CHECK(rule.place.column == 11);
  CHECK(rule.place.width == 11);
  CHECK(rule.place.source_line == "  - name: http_client");
}

TEST_CASE("rules of the other kinds") {
  FileReader read = [](const std::string& path) {
    return path == "go/x.go" ? std::optional<std::string>("package x\n") : std::nullopt;
  };
  auto rules = parse_rules("r.yaml",
                           "library: l\nrules:\n"
                           "  - {name: s, kind: struct, package: p, struct: T, field: a int}\n"
                           "  - {name: f, kind: file, package: p, file: go/x.go}\n"
                           "  - {name: c, kind: call, package: p, function: F, call: g(), replace: h()}\n"
                           "  - {name: e, kind: raw, package: p, function: T.F, at: entry, insert: g()}\n"
                           "  - {name: r, kind: raw, package: p, function: F, at: return, insert: g()}\n",
                           read);
  REQUIRE(rules.size() == 5);
  const auto& added_field = std::get<kinds::StructRule>(*rules[0].body);
  CHECK(added_field.name == "T");
  CHECK(added_field.field == "a int");
  CHECK_FALSE(rules[0].support);
  CHECK(rules[0].hooks.empty());
  const auto& added_file = std::get<kinds::FileRule>(*rules[1].body).file;
  CHECK(added_file.name == "x.go");
  CHECK(added_file.text == "package x\n");
  const auto& replaced = std::get<kinds::CallRule>(*rules[2].body);
  CHECK(replaced.call == "g()");
  CHECK(replaced.replace == "h()");
  const auto &entry = std::get<kinds::RawRule>(*rules[3].body),
             &exit = std::get<kinds::RawRule>(*rules[4].body);
  CHECK(entry.position == kinds::RawPosition::Entry);
  CHECK(entry.functions.function.receiver == "T");
  CHECK(exit.position == kinds::RawPosition::Return);
  CHECK(exit.insert == "g()");
  CHECK(parse_rules("r.yaml", "library: l\nrules: []\n", kNoFiles).empty());
}

TEST_CASE("what is wrong with a file") {
  struct {
    std::string text;
    std::string expected;
  } const cases[] = {
      {"", "r.yaml: a rule file must be a map with the keys library and rules\n"},
      {"- a\n",
       "r.yaml:1:1: a rule file must be a map with the keys library and rules\n    1 | - a\n      | ^\n"},
      {"rules: []\n", "r.yaml:1:1: missing key \"library\"\n    1 | rules: []\n      | ^\n"},
      {"library: l\n", "r.yaml:1:1: missing key \"rules\"\n    1 | library: l\n      | ^\n"},
      {"library: l\nrules: x\n",
       "r.yaml:2:8: \"rules\" must be a list\n    2 | rules: x\n      |        ^\n"},
      {"library: l\nrule: []\n",
       "r.yaml:2:1: unknown key \"rule\"; did you mean \"rules\"?\n    2 | rule: []\n      | ^~~~\n"},
      {"library: l\nlibrary: m\nrules: []\n",
       "r.yaml:2:1: duplicate key \"library\"\n    2 | library: m\n      | ^~~~~~~\n"},
      {"library: [l]\nrules:\n- {name: s, kind: struct, package: p, struct: T, field: a int}\n",
       "r.yaml:1:10: \"library\" must be a string, not a list or a map\n    1 | library: [l]\n      |        "
       "  "
       "^\n"},
      {"library: l\nsupport: yes\nrules:\n- {name: s, kind: struct, package: p, struct: T, field: a int}\n",
       "r.yaml:2:10: \"support\" must be true or false\n    2 | support: yes\n      |          ^~~\n"},
      {"library: l\nrules:\n- x\n", "r.yaml:3:3: a rule must be a map\n    3 | - x\n      |   ^\n"},
      {"library: l\ndisable: x\nrules: []\n",
       "r.yaml:2:10: \"disable\" must be a list\n    2 | disable: x\n      |          ^\n"},
      {"library: l\nrules: []\n---\nlibrary: m\n",
       "r.yaml:3:1: more than one YAML document in a file; use one file per document\n"
       "    3 | ---\n      | ^\n"},
      {"library: l\notel: \">=99, <100\"\nruels: []\n",
       "r.yaml:2:7: this is otel " + std::string(base::otel_version()) +
           ", but the file requires >=99, <100; install such a release, or extend the range\n    2 | otel: "
           "\">=99, <100\"\n      |       ^~~~~~~~~~\n"},
      {"library: l\notel: new\nrules: []\n",
       "r.yaml:2:7: invalid version range in \"otel\": invalid version \"new\"\n    2 | otel: new\n      |   "
       "    ^~~\n"},
      {"library: l\napi: 1000\nruels: []\n",
       fmt::format("r.yaml:2:6: the file needs API level 1000 of {}, and this otel ({}) has level {}; "
                   "install a newer "
                   "release of otel\n    2 | api: 1000\n      |      ^~~~\n",
                   published::hook_module(), base::otel_version(), published::kApiLevel)},
      {"library: l\napi: 0\nrules: []\n",
       "r.yaml:2:6: \"api\" must be 1 or more\n    2 | api: 0\n      |      ^\n"},
      {", a: b\n", "r.yaml:1:1: unexpected \",\"\n    1 | , a: b\n      | ^\n"},
      {"{library: l, rules: []}, x\n",
       "r.yaml:1:24: unexpected \",\"\n"
       "    1 | {library: l, rules: []}, x\n      |                        ^\n"},
      {"library: l\nrules:\n\t- x\n", "r.yaml:3:"},
      {"library: \"l\nrules: []\n", "r.yaml:"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    auto rendered = error_of(c.text);
    // What yaml-cpp says is its own matter.
    if (c.expected.back() != '\n') rendered = rendered.substr(0, c.expected.size());
    CHECK(rendered == c.expected);
  }
}

TEST_CASE("a file for this release of otel") {
  for (const auto* range : {"\">=0.1, <99\"", "0.1"}) {
    CAPTURE(range);
    CHECK(error_of(fmt::format("library: l\notel: {}\nrules: []\n", range)) == "no error");
  }
}

// Lines of one rule, from the fourth line of the file on, beneath a kind and a name.
std::string in_rule(const std::string& lines) {
  return "library: l\nhooks: h\nrules:\n" + lines;
}

TEST_CASE("what is wrong with a rule") {
  const std::string function = "- name: r\n  kind: function\n  package: p\n  function: F\n";
  struct {
    std::string lines;
    std::string expected;
  } const cases[] = {
      {"- kind: raw\n", "r.yaml:4:3: missing key \"name\" in a rule\n    4 | - kind: raw\n      |   ^\n"},
      {"- name: r\n", "r.yaml:4:3: missing key \"kind\" in a rule\n    4 | - name: r\n      |   ^\n"},
      {"- name: \"\"\n  kind: raw\n",
       "r.yaml:4:9: \"name\" is empty\n    4 | - name: \"\"\n      |         ^\n"},
      {"- name: a-b\n  kind: struct\n  package: p\n  struct: S\n  field: a int\n",
       "r.yaml:4:9: invalid name \"a-b\"; use letters, digits and _\n    4 | - name: a-b\n      |         "
       "^~~\n"},
      {"- name: r\n  kind: functoin\n",
       "r.yaml:5:9: unknown rule kind \"functoin\"; did you mean \"function\"?\n    5 |   kind: functoin\n"
       "      |         ^~~~~~~~\n"},
      {"- name: r\n  kind: hook\n",
       "r.yaml:5:9: unknown rule kind \"hook\"; use one of function, struct, file, call, raw, wrap, "
       "append, literal, directive, value, accessor, detector\n"
       "    5 |   kind: hook\n      |         ^~~~\n"},
      {function + "  befor: B\n",
       "r.yaml:8:3: unknown key \"befor\" in rule r; did you mean \"before\"?\n    8 |   befor: B\n"
       "      |   ^~~~~\n"},
      {function + "  before: B\n  before: C\n",
       "r.yaml:9:3: duplicate key \"before\" in rule r\n    9 |   before: C\n      |   ^~~~~~\n"},
      {function,
       "r.yaml:4:9: rule r has no hook; set \"before\", \"after\" or both\n    4 | - name: r\n"
       "      |         ^\n"},
      {function + "  before: B\n  field: a int\n",
       "r.yaml:9:10: key \"field\" is not allowed in rule r of kind function\n    9 |   field: a int\n"
       "      |          ^~~~~\n"},
      {"- name: r\n  kind: struct\n  package: p\n  struct: S\n",
       "r.yaml:4:9: missing key \"field\" in rule r\n    4 | - name: r\n      |         ^\n"},
      {"- name: r\n  kind: function\n  function: F\n  before: B\n",
       "r.yaml:4:9: missing key \"package\" in rule r\n    4 | - name: r\n      |         ^\n"},
      {function + "  before: [B]\n",
       "r.yaml:8:11: \"before\" must be a string, not a list or a map\n    8 |   before: [B]\n      |        "
       "  "
       " ^\n"},
      {function + "  before: B\n  version: v1.x\n",
       "r.yaml:9:12: invalid version range in \"version\": invalid version \"v1.x\"\n    9 |   version: "
       "v1.x\n"
       "      |            ^~~~\n"},
      {function + "  before: B\n  go: \">=\"\n",
       "r.yaml:9:7: invalid version range in \"go\": missing version\n    9 |   go: \">=\"\n      |       "
       "^~\n"},
      {"- name: r\n  kind: function\n  package: p\n  function: T.F.G\n  before: B\n",
       "r.yaml:7:13: \"T.F.G\" is not a function name; write F, T.M, (*T).M, a glob or /regular "
       "expression/\n    7 |   function: T.F.G\n"
       "      |             ^~~~~\n"},
      {"- name: r\n  kind: function\n  package: p\n  function: /(/\n  before: B\n",
       "r.yaml:7:13: \"/(/\" is not a function name; invalid regular expression: missing ): (\n"
       "    7 |   function: /(/\n      |             ^~~\n"},
      {"- name: r\n  kind: function\n  package: p\n  function: T.*.M\n  before: B\n",
       "r.yaml:7:13: \"T.*.M\" is not a function name; write F, T.M, (*T).M or *.M with * and ? in the "
       "names, or "
       "/regular expression/\n    7 |   function: T.*.M\n      |             ^~~~~\n"},
      {"- name: r\n  kind: call\n  package: p\n  function: \"*\"\n  call: f()\n  replace: g()\n",
       "r.yaml:7:13: rule r of kind call needs a single function for the text of a call; write F, T.M or "
       "(*T).M, "
       "or name what is called by \"callee\"\n    7 |   "
       "function: "
       "\"*\"\n"
       "      |             ^\n"},
      {"- name: r\n  kind: call\n  package: p\n  replace: g()\n",
       "r.yaml:4:9: rule r of kind call needs one of \"call\" and \"callee\"; \"call\" is the text of one "
       "call, "
       "\"callee\" what is called\n    4 | - name: r\n      |         ^\n"},
      {"- name: r\n  kind: call\n  package: p\n  call: f()\n  replace: g()\n",
       "r.yaml:4:9: missing key \"function\" in rule r\n    4 | - name: r\n      |         ^\n"},
      {"- name: r\n  kind: call\n  package: p\n  function: F\n  call: f()\n  replace: g($args)\n",
       "r.yaml:9:12: \"replace\" has a part of a call; only calls that \"callee\" names have $call, $args "
       "and the "
       "like\n    9 |   replace: g($args)\n      |            ^~~~~~~~\n"},
      {"- name: r\n  kind: call\n  package: p\n  callee: a/b.T.M\n  replace: g()\n", "no error"},
      {"- name: r\n  kind: call\n  package: p\n  callee: (*T).M\n  replace: g()\n",
       "r.yaml:7:11: \"(*T).M\" is not a function or method of a package; write import/path.F, "
       "(import/path.T).M or (*import/path.T).M, as in net/http.Get or (*database/sql.DB).Query\n"
       "    7 |   callee: (*T).M\n      |           ^~~~~~\n"},
      {"- name: r\n  kind: call\n  package: p\n  callee: a.F\n  replace: g($arg)\n",
       "r.yaml:8:12: invalid text in \"replace\": \"$arg\" is not a part of a call; use $call, $func, $recv "
       "(of a "
       "method), $args, or $0 to $9 for one argument\n    8 |   replace: g($arg)\n      |            "
       "^~~~~~~\n"},
      {"- name: r\n  kind: call\n  package: p\n  callee: a.F\n  replace: g($recv)\n",
       "r.yaml:8:12: invalid text in \"replace\": a function has no receiver; use $call, $func, $recv (of a "
       "method), $args, or $0 to $9 for one argument\n    8 |   replace: g($recv)\n      |            "
       "^~~~~~~~\n"},
      {function + "  before: B\n  parameters: [first]\n",
       "r.yaml:9:16: \"first\" is not a position in \"parameters\"; write numbers from 0, receiver or last\n"
       "    9 |   parameters: [first]\n      |                ^~~~~\n"},
      {function + "  before: B\n  results: [receiver]\n",
       "r.yaml:9:13: \"receiver\" is not a position in \"results\"; write numbers from 0, or last\n"
       "    9 |   results: [receiver]\n      |             ^~~~~~~~\n"},
      {function + "  before: B\n  results: [0, 0]\n",
       "r.yaml:9:16: duplicate position 0 in \"results\"\n    9 |   results: [0, 0]\n      |                "
       "^\n"},
      {function + "  before: B\n  order: first\n",
       "r.yaml:9:10: \"order\" must be an integer\n    9 |   order: first\n      |          ^~~~~\n"},
      {function + "  before: B\n  override: 1\n",
       "r.yaml:9:13: \"override\" must be true or false\n    9 |   override: 1\n      |             ^\n"},
      {"- name: r\n  kind: raw\n  package: p\n  function: F\n  at: exit\n  insert: x\n",
       "r.yaml:8:7: \"at\" is \"exit\"; use entry or return\n    8 |   at: exit\n      |       ^~~~\n"},
      {"- name: r\n  kind: file\n  package: p\n  file: go/none.go\n",
       "r.yaml:7:9: file go/none.go not found; its path is relative to the rule file\n    7 |   file: "
       "go/none.go\n"
       "      |         ^~~~~~~~~~\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.lines);
    auto rendered = error_of(in_rule(c.lines));
    CHECK(rendered == c.expected);
  }
}

TEST_CASE("a hook needs the package that it is in") {
  CHECK(error_of("library: l\nrules:\n- {name: r, kind: function, package: p, function: F, after: A}\n") ==
        "r.yaml:3:10: rule r names a hook, but the file lacks the key \"hooks\"; set it to the import path "
        "of the "
        "package with the hooks\n    3 | - {name: r, kind: function, package: p, function: F, after: A}\n"
        "      |          ^\n");
}

TEST_CASE("function names") {
  struct {
    std::string text;
    std::string expected;  // "receiver|pointer|name", empty if it is none
  } const cases[] = {
      {"F", "||F"},      {"T.M", "T||M"}, {"(*T).M", "T|*|M"}, {"_x1", "||_x1"}, {"größe", "||größe"},
      {"", ""},          {"T.", ""},      {".M", ""},          {"*T.M", ""},     {"(T).M", ""},
      {"(*T.M", ""},     {"T.M.N", ""},   {"F()", ""},         {"1F", ""},       {"(*).M", ""},
      {"(*T[K]).M", ""}, {"pkg/x.F", ""}, {"a b", ""},         {"( *T).M", ""},  {"F\n", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    auto name = notation::parse_function_name(c.text);
    CHECK((name ? name->receiver + "|" + (name->pointer ? "*" : "") + "|" + name->name : "") == c.expected);
    if (name) CHECK(name->text() == c.text);
  }
}

TEST_CASE("rules of kinds wrap, directive and value") {
  auto rules = parse_rules("r.yaml",
                           "library: l\nhooks: h\nrules:\n"
                           "  - {name: w, kind: wrap, callee: gopkg.in/yaml.v3.Marshal, with: Marshal}\n"
                           "  - {name: d, kind: directive, directive: 'acme:audit', after: After}\n"
                           "  - {name: v, kind: value, package: p, variable: limit, value: 1 << 4}\n",
                           kNoFiles);
  REQUIRE(rules.size() == 3);
  const auto& wrap = std::get<kinds::WrapRule>(*rules[0].body);
  CHECK(wrap.callee_package == "gopkg.in/yaml.v3");
  CHECK(wrap.callee == "Marshal");
  CHECK(wrap.with == "Marshal");
  CHECK(rules[0].package.empty());
  const auto& directive = std::get<kinds::DirectiveRule>(*rules[1].body);
  CHECK(directive.directive_name == "acme:audit");
  CHECK(directive.hooks.after == "After");
  const auto& value = std::get<kinds::ValueRule>(*rules[2].body);
  CHECK(value.variable == "limit");
  CHECK(value.value == "1 << 4");
}

TEST_CASE("rules of kinds accessor, append and literal") {
  auto rules =
      parse_rules("r.yaml",
                  "library: l\nhooks: h\nrules:\n"
                  "  - {name: a, kind: accessor, package: p, on: c *pool.Conn, expression: 'c.opt . "
                  "Addr,(c.db)', set: A}\n"
                  "  - {name: b, kind: accessor, package: p, expression: all, set: B}\n"
                  "  - {name: c, kind: append, callee: gopkg.in/grpc.v3.New, with: Options}\n"
                  "  - {name: d, kind: literal, literal: net/http.Server, field: Addr, value: '\"x\"'}\n"
                  "  - {name: e, kind: literal, package: p/..., literal: net/http.Server, with: Configure}\n",
                  kNoFiles);
  REQUIRE(rules.size() == 5);
  const auto& accessor = std::get<kinds::AccessorRule>(*rules[0].body).accessor;
  CHECK(accessor.parameter == "c");
  CHECK(accessor.pointer);
  CHECK(accessor.qualifier == "pool");
  CHECK(accessor.type == "Conn");
  CHECK(accessor.expression == "c.opt . Addr, (c.db)");
  CHECK(accessor.variable == "A");
  CHECK(std::get<kinds::AccessorRule>(*rules[1].body).accessor.type.empty());
  const auto& append = std::get<kinds::AppendRule>(*rules[2].body);
  CHECK(append.callee.package == "gopkg.in/grpc.v3");
  CHECK(append.callee.name == "New");
  const auto& literal = std::get<kinds::LiteralRule>(*rules[3].body);
  CHECK(literal.literal.text() == "net/http.Server");
  CHECK(literal.field == "Addr");
  CHECK(literal.value == "\"x\"");
  CHECK(std::get<kinds::LiteralRule>(*rules[4].body).with == "Configure");
}

TEST_CASE("mistakes in rules of kinds accessor, append and literal") {
  const std::string accessor = "{name: r, kind: accessor, package: p, ";
  const std::string literal = "{name: r, kind: literal, literal: net/http.Server";
  struct {
    std::string rule, error;
  } const cases[] = {
      {accessor + "on: Client, expression: c, set: A}", "4:47: \"Client\" is not a name and a type"},
      {accessor + "on: _ *Client, expression: c, set: A}", "4:47: \"_ *Client\" is not a name and a type"},
      {accessor + "on: 'c []Client', expression: c, set: A}",
       "4:47: \"c []Client\" is not a name and a type"},
      {accessor + "on: 'c Box[T]', expression: c, set: A}", "4:47: \"c Box[T]\" is not a name and a type"},
      {accessor + "on: c T, expression: c., set: A}", "4:64: \"c.\" is not a list of Go expressions"},
      {accessor + "on: c T, expression: 'c.a,', set: A}", "4:64: \"c.a,\" is not a list of Go expressions"},
      {accessor + "on: c T, expression: c a, set: A}", "4:64: \"c a\" is not a list of Go expressions"},
      {accessor + "on: c T, expression: f(c, set: A}", "4:64: \"f(c\" is not a list of Go expressions"},
      {accessor + "on: c T, expression: 'x := c', set: A}", "4:64: \"x := c\" is not a list of Go expr"},
      {accessor + "on: c T, expression: c.a; c.b, set: A}", "4:64: \"c.a; c.b\" is not a list of Go expr"},
      {accessor + "on: c T, expression: c.a, set: a}", "4:74: variable a is not exported"},
      {accessor + "on: c T, expression: c.a}", "4:12: missing key \"set\" in rule r"},
      {"{name: r, kind: accessor, package: p/..., expression: a, set: A}",
       "4:40: rule r of kind accessor needs a single package"},
      {"{name: r, kind: append, callee: net/http, with: F}", "4:37: \"net/http\" is not a function of"},
      {literal + "}", "4:39: neither \"value\" nor \"with\" in rule r"},
      {literal + ", field: A, value: x, with: F}", "4:39: both \"value\" and \"with\" in rule r"},
      {literal + ", value: x}", "4:63: \"value\" without \"field\" in rule r"},
      {literal + ", field: A int, value: x}", "4:63: \"A int\" is not the name of a field in rule r"},
      {literal + ", field: A, value: 'x, y'}", "4:73: \"x, y\" is not a Go expression in rule r"},
      {literal + ", field: A, value: 'x}, B: T{'}", "4:73: \"x}, B: T{\" is not a Go expression in rule r"},
      {"{name: r, kind: literal, literal: Server, field: A, value: x}",
       "4:39: \"Server\" is not a type of a"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.rule);
    auto said = error_of("library: l\nhooks: h\nrules:\n  - " + c.rule + "\n");
    CHECK(said.substr(0, c.error.size() + 7) == "r.yaml:" + c.error);
  }
}

TEST_CASE("mistakes in rules of these kinds") {
  auto error = [](const std::string& rule, const std::string& hooks = "hooks: h\n") {
    return error_of("library: l\n" + hooks + "rules:\n  - " + rule + "\n");
  };
  for (const char* callee : {"Get", "net/http", ".Get", "net/http.", "net/http.(*Client).Do", "a/.b"}) {
    INFO(callee);
    CHECK(error("{name: r, kind: wrap, callee: '" + std::string(callee) + "', with: F}")
              .find("r.yaml:4:35: \"" + std::string(callee) +
                    "\" is not a function of a package; write import/path.F, as in net/http.Get; for a "
                    "method use kind function\n") == 0);
  }
  for (const char* directive : {"span", "otel:", ":span", "otel: span", "Otel:span", "go:noinline"}) {
    INFO(directive);
    CHECK(error("{name: r, kind: directive, directive: '" + std::string(directive) + "', after: F}")
              .find("r.yaml:4:43: \"" + std::string(directive) +
                    "\" is not a directive; write tool:name with a-z and 0-9, as in otel:span; go: "
                    "is reserved for Go\n") == 0);
  }
  CHECK(error("{name: r, kind: directive, directive: 'a:b'}").find("rule r has no hook") !=
        std::string::npos);
  CHECK(error("{name: r, kind: wrap, callee: a.F, with: F}", "").find("lacks the key \"hooks\"") !=
        std::string::npos);
  CHECK(error("{name: r, kind: value, variable: v, value: '1'}").find("missing key \"package\"") !=
        std::string::npos);
}

}  // namespace
}  // namespace otel::rules
