// SPDX-License-Identifier: Apache-2.0
#include "syntax/returns.h"

#include "catch.h"
#include "go_text.h"

namespace otel::syntax {
namespace {

// "statement#count" of each, in a body with those statements.
std::string describe(std::string_view statements) {
  GoText go("package p\nfunc f() {\n" + std::string(statements) + "\n}\n");
  std::string all;
  for (const ReturnStmt& stmt : returns(go.tokens, go.declared.functions.at(0).body.value())) {
    CHECK(go.tokens[stmt.token].is(TokenKind::Return));
    CHECK(stmt.statement.begin == go.tokens[stmt.token].begin);
    CHECK(stmt.expressions.end == stmt.statement.end);
    CHECK(stmt.expressions.empty() == (stmt.expressions_count == 0));
    if (!all.empty()) all += " | ";
    all += go.text(stmt.statement) + "#" + std::to_string(stmt.expressions_count);
  }
  return all;
}

TEST_CASE("returns are found wherever they stand in the body") {
  struct {
    std::string statements;
    std::string expected;
  } const cases[] = {
      {"", ""},
      {"return", "return#0"},
      {"return // c", "return#0"},
      {"return 1;", "return 1#1"},
      {"return a, b // c", "return a, b#2"},
      {"return f(a, b), T{1, 2}, m[x, y]", "return f(a, b), T{1, 2}, m[x, y]#3"},
      {"return a +\n\tb", "return a +\n\tb#1"},
      {"return a < b, c > d", "return a < b, c > d#2"},
      {"if x { return 1 } else { return 2 }", "return 1#1 | return 2#1"},
      {"{ return }", "return#0"},
      {"switch { case x: return 1; default: return\n}", "return 1#1 | return#0"},
      {"select { case <-c: return a, b }", "return a, b#2"},
      {"for { for range x { return 1 }; goto l }\nl: return 2", "return 1#1 | return 2#1"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.statements);
    CHECK(describe(c.statements) == c.expected);
  }
}

TEST_CASE("the returns of function literals are not the body's") {
  struct {
    std::string statements;
    std::string expected;
  } const cases[] = {
      {"x := func() int { return 1 }\nreturn x", "return x#1"},
      {"return func() (int, error) { return 1, nil }, 2",
       "return func() (int, error) { return 1, nil }, 2#2"},
      {"defer func() { return }()\nreturn", "return#0"},
      {"g(func(a func() T) func() U { return nil }, 1)\nreturn 3", "return 3#1"},
      {"x := func() struct{ a int } { return struct{ a int }{1} }", ""},
      {"x := []func(){ func() { return } }\nreturn 4", "return 4#1"},
      {"x := map[string]func() int{ \"a\": func() int { return 1 } }\nreturn 5", "return 5#1"},
      {"var g func() int\n{ return 6 }", "return 6#1"},
      {"var g func()\nif x { return 7 }", "return 7#1"},
      {"switch y.(type) { case func() int: return 8 }", "return 8#1"},
      {"if _, ok := y.(func() int); ok { return 9 }", "return 9#1"},
      {"x := func() map[K]chan<- T { return nil }\nreturn 10", "return 10#1"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.statements);
    CHECK(describe(c.statements) == c.expected);
  }
}

TEST_CASE("a bare return has its place for expressions behind the word") {
  GoText go(in_package("func f() { return /* c */ }"));
  auto all = returns(go.tokens, *go.declared.functions.at(0).body);
  REQUIRE(all.size() == 1);
  CHECK(all[0].expressions == Span{all[0].statement.end, all[0].statement.end});
  CHECK(go.text(all[0].statement) == "return");
}

}  // namespace
}  // namespace otel::syntax
