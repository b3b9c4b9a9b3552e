// SPDX-License-Identifier: Apache-2.0
#include "catch.h"
#include "go_text.h"

namespace otel::syntax {
namespace {

std::string describe(const GoText& go, const std::vector<Parameter>& params) {
  std::string all = "(";
  for (const Parameter& param : params) {
    if (&param != &params.front()) all += ", ";
    if (!param.name.text.empty()) all += param.name.text + " ";
    all += (param.variadic ? "..." : "") + go.text(param.type);
  }
  return all + ")";
}

std::string describe(const GoText& go, const std::vector<TypeParameter>& params) {
  std::string all = "[";
  for (const TypeParameter& param : params) {
    if (&param != &params.front()) all += ", ";
    all += param.name.text + " " + go.text(param.constraint);
  }
  return params.empty() ? "" : all + "]";
}

// "Name[types](params) (results)", with one type behind every name.
std::string describe(const GoText& go, const Function& function) {
  std::string all = function.name.text + describe(go, function.type_params) + describe(go, function.params);
  if (function.results_parenthesised || !function.results.empty())
    all += " " + describe(go, function.results);
  return all;
}

TEST_CASE("signatures") {
  struct {
    std::string source;
    std::string expected;
  } const cases[] = {
      {"func f() {}", "f()"},
      {"func f(int) {}", "f(int)"},
      {"func f(a int) {}", "f(a int)"},
      {"func f(a, b int) {}", "f(a int, b int)"},
      {"func f(a, b) {}", "f(a, b)"},  // two types
      {"func f(a, b c) {}", "f(a c, b c)"},
      {"func f(a, b int, c, d *pkg.T) {}", "f(a int, b int, c *pkg.T, d *pkg.T)"},
      {"func f(a int,\n\tb string,\n) {}", "f(a int, b string)"},
      {"func f(pkg.T, *U) {}", "f(pkg.T, *U)"},
      {"func f(_ int, _ string) {}", "f(_ int, _ string)"},
      {"func f(...int) {}", "f(...int)"},
      {"func f(a string, rest ...any) {}", "f(a string, rest ...any)"},
      {"func f(a []int) {}", "f(a []int)"},
      {"func f([]int) {}", "f([]int)"},
      {"func f(a [N]int) {}", "f(a [N]int)"},
      {"func f(T[N]) {}", "f(T[N])"},
      {"func f(a T[N]) {}", "f(a T[N])"},
      {"func f(T[A, B], pkg.U[C]) {}", "f(T[A, B], pkg.U[C])"},
      {"func f(a, b T[A, B]) {}", "f(a T[A, B], b T[A, B])"},
      {"func f(a func(x, y int) (z int), b func()) {}", "f(a func(x, y int) (z int), b func())"},
      {"func f(func(int) string, func()) {}", "f(func(int) string, func())"},
      {"func f(c chan<- int, d <-chan int) {}", "f(c chan<- int, d <-chan int)"},
      {"func f(<-chan int, chan int) {}", "f(<-chan int, chan int)"},
      {"func f(a (int)) {}", "f(a (int))"},
      {"func f(a struct{ x, y int }, b interface{ M() }) {}", "f(a struct{ x, y int }, b interface{ M() })"},
      {"func f(m map[string]int) {}", "f(m map[string]int)"},

      {"func f() int {}", "f() (int)"},
      {"func f() (int) {}", "f() (int)"},
      {"func f() () {}", "f() ()"},
      {"func f() (int, error) {}", "f() (int, error)"},
      {"func f() (n int, err error) {}", "f() (n int, err error)"},
      {"func f() (a, b int) {}", "f() (a int, b int)"},
      {"func f() *T {}", "f() (*T)"},
      {"func f() func(int) (string, error) {}", "f() (func(int) (string, error))"},
      {"func f() struct{ x int } {}", "f() (struct{ x int })"},
      {"func f() interface{} {}", "f() (interface{})"},
      {"func f() map[K]func() []T {}", "f() (map[K]func() []T)"},
      {"func f() <-chan T", "f() (<-chan T)"},
      {"func f() pkg.T[A]", "f() (pkg.T[A])"},

      {"func f[T any](x T) T {}", "f[T any](x T) (T)"},
      {"func f[K comparable, V, W any]() {}", "f[K comparable, V any, W any]()"},
      {"func f[S ~[]E, E ~int | ~string]() {}", "f[S ~[]E, E ~int | ~string]()"},
      {"func f[P *T, Q interface{ ~int; M() }, R pkg.C[P]]() {}",
       "f[P *T, Q interface{ ~int; M() }, R pkg.C[P]]()"},
      {"func f[P []int,]() {}", "f[P []int]()"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(in_package(c.source));
    CHECK(go.declared.complete);
    REQUIRE(go.declared.functions.size() == 1);
    CHECK(describe(go, go.declared.functions[0]) == c.expected);
  }
}

TEST_CASE("receivers") {
  struct {
    std::string source;
    std::string name, type, base;
    bool pointer;
    std::string type_params;
  } const cases[] = {
      {"func (b Box) M() {}", "b", "Box", "Box", false, ""},
      {"func (b *Box) M() {}", "b", "*Box", "Box", true, ""},
      {"func (Box) M() {}", "", "Box", "Box", false, ""},
      {"func (*Box) M() {}", "", "*Box", "Box", true, ""},
      {"func (_ *Box) M() {}", "_", "*Box", "Box", true, ""},
      {"func (b *Box[T, _]) M() {}", "b", "*Box[T, _]", "Box", true, "T _"},
      {"func (b Box[T]) M() {}", "b", "Box[T]", "Box", false, "T"},
      {"func (Box[T]) M() {}", "", "Box[T]", "Box", false, "T"},
      {"func (b (*Box)) M() {}", "b", "(*Box)", "Box", true, ""},
      {"func (b *Box,) M() {}", "b", "*Box", "Box", true, ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(in_package(c.source));
    CHECK(go.declared.complete);
    REQUIRE(go.declared.functions.size() == 1);
    const Function& function = go.declared.functions[0];
    CHECK(function.name.text == "M");
    REQUIRE(function.receiver);
    CHECK(function.receiver->name.text == c.name);
    CHECK(go.text(function.receiver->type) == c.type);
    CHECK(function.receiver->base == c.base);
    CHECK(function.receiver->pointer == c.pointer);
    std::vector<Span> names;
    for (const Name& name : function.receiver->type_params) names.push_back(name.span);
    CHECK(go.texts(names) == c.type_params);
  }
}

TEST_CASE("the places of a function") {
  GoText go("package p\n\nfunc (b *B) Do(a, c int) (err error) { return nil } // x\n");
  const Function& function = go.declared.functions.at(0);
  CHECK(go.text(function.name.span) == "Do");
  CHECK(go.text(function.receiver->name.span) == "b");
  CHECK(go.text(function.params_list) == "(a, c int)");
  CHECK(go.text(function.results_list) == "(err error)");
  CHECK(function.results_parenthesised);
  CHECK(go.text(function.params[1].name.span) == "c");
  CHECK(function.params[0].type == function.params[1].type);
  CHECK(go.text(function.span) == "func (b *B) Do(a, c int) (err error) { return nil }");
  CHECK(go.tokens[function.func_token].is(TokenKind::Func));
  REQUIRE(function.body);
  CHECK(go.text({function.body->open, function.body->close + 1}) == "{ return nil }");
  CHECK(go.tokens[function.body->open_token].begin == function.body->open);
  CHECK(go.tokens[function.body->close_token].begin == function.body->close);
}

TEST_CASE("what is not written is an empty span where it would be") {
  GoText go(in_package("func f(int, ...string)\nfunc g() (int)\nfunc h() int"));
  const auto& functions = go.declared.functions;
  const Function& f = functions.at(0);
  CHECK(f.params[0].name.span == Span{f.params[0].type.begin, f.params[0].type.begin});
  CHECK(f.params[1].name.span.begin == f.params[1].type.begin - 3);  // in front of the dots
  CHECK(f.results_list == Span{f.params_list.end, f.params_list.end});
  CHECK_FALSE(f.results_parenthesised);
  CHECK_FALSE(f.body);
  CHECK(go.text(f.span) == "func f(int, ...string)");
  CHECK(functions.at(1).results_parenthesised);
  CHECK(go.text(functions.at(1).results_list) == "(int)");
  CHECK_FALSE(functions.at(2).results_parenthesised);
  CHECK(go.text(functions.at(2).results_list) == "int");
}

TEST_CASE("functions are found behind bodies that look like declarations") {
  GoText go(
      in_package("func a() {\n\tvar x = `func no() {`\n\ttype t struct{}\n\tfunc() {}()\n}\nfunc b() {}\n"
                 "var v = func() int {\n\treturn 1\n}\nfunc c() {}"));
  std::string names;
  for (const Function& function : go.declared.functions) names += function.name.text;
  CHECK(names == "abc");
  CHECK(go.declared.types.empty());
  CHECK(go.declared.variables.size() == 1);
  CHECK(go.declared.complete);
}

TEST_CASE("directives are the lines //word:word of the doc comment") {
  struct {
    std::string source;
    std::string expected;
  } const cases[] = {
      {"//go:noinline\nfunc f() {}", "//go:noinline"},
      {"// f does it.\n//\n//go:nosplit\n//otel:span name=x y\nfunc f() {}",
       "//go:nosplit|//otel:span name=x y"},
      {"//go:nosplit\n// f does it.\nfunc f() {}", "//go:nosplit"},
      {"//go:noinline\r\nfunc f() {}", "//go:noinline"},
      {"//go:noinline\n/* a */ /* b */\nfunc f() {}", "//go:noinline"},
      {"//go:noinline\n\nfunc f() {}", ""},
      {"//go:nosplit\n\n//go:noinline\nfunc f() {}", "//go:noinline"},
      {"// go:noinline\n//Go:noinline\n//go: x\n//go:\n//: x\n///go:x\nfunc f() {}", ""},
      {"/*go:noinline*/\nfunc f() {}", ""},
      {"/* x */ //go:noinline\nfunc f() {}", "//go:noinline"},
      {"/* x\n*/\n//go:noinline\nfunc f() {}", "//go:noinline"},
      {"//go:noinline\n/* x\n*/ func f() {}", ""},
      {"var x int //go:embed a\nfunc f() {}", ""},  // belongs to x
      {"var x int; //go:embed a\nfunc f() {}", ""},
      {"var x int //go:embed a\n//go:noinline\nfunc f() {}", "//go:noinline"},
      {"//go:noinline\nvar x int\nfunc f() {}", ""},
      {"func f() {\n//go:noinline\n}", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(in_package(c.source));
    REQUIRE(go.declared.functions.size() == 1);
    CHECK(go.texts(go.declared.functions[0].directives, "|") == c.expected);
  }
}

}  // namespace
}  // namespace otel::syntax
