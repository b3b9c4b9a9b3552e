// SPDX-License-Identifier: Apache-2.0
#include "syntax/outline.h"

#include "catch.h"
#include "go_text.h"

namespace otel::syntax {
namespace {

TEST_CASE("the package clause says where an import can stand on its line") {
  struct {
    std::string source;
    std::string with_import;
  } const cases[] = {
      {"package p\n", "package p; import _ \"x\"\n"},
      {"package p", "package p; import _ \"x\""},
      {"// Package p\npackage p // c\nimport \"a\"\n",
       "// Package p\npackage p; import _ \"x\" // c\nimport \"a\"\n"},
      {"\xEF\xBB\xBFpackage p\r\n", "\xEF\xBB\xBFpackage p; import _ \"x\"\r\n"},
      {"package /* c */ p; import \"a\"\n", "package /* c */ p; import _ \"x\"; import \"a\"\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(c.source);
    CHECK(go.declared.complete);
    CHECK(go.declared.package_name.text == "p");
    CHECK(go.text(go.declared.package_keyword) == "package");
    CHECK(std::string(c.source).insert(go.declared.package_end, "; import _ \"x\"") == c.with_import);
  }
}

std::string describe(const GoText& go, const std::vector<ImportSpec>& imports) {
  std::string all;
  for (const ImportSpec& spec : imports) all += spec.name + "=" + spec.path + "<" + go.text(spec.span) + "> ";
  return all;
}

TEST_CASE("imports") {
  struct {
    std::string source;
    std::string expected;
  } const cases[] = {
      {"import \"fmt\"", "=fmt<\"fmt\"> "},
      {"import f \"fmt\"", "f=fmt<f \"fmt\"> "},
      {"import _ `net/http/pprof`", "_=net/http/pprof<_ `net/http/pprof`> "},
      {"import . \"fmt\"", ".=fmt<. \"fmt\"> "},
      {"import (\n\t\"a\"\n\tx \"b\"; \"c\"\n)\nimport \"d\"", "=a<\"a\"> x=b<x \"b\"> =c<\"c\"> =d<\"d\"> "},
      {"import ()", ""},
      {"import (\"a\")", "=a<\"a\"> "},
      {"import \"\\x66mt\"", "=fmt<\"\\x66mt\"> "},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(in_package(c.source));
    CHECK(go.declared.complete);
    CHECK(describe(go, go.declared.imports) == c.expected);
  }
}

std::string describe(const GoText& go, const std::vector<Value>& values) {
  std::string all;
  for (const Value& value : values) {
    if (!all.empty()) all += "; ";
    all += value.name.text + "|" + go.text(value.type) + "|" + go.text(value.value);
  }
  return all;
}

TEST_CASE("variables and constants") {
  struct {
    std::string source;
    std::string variables, constants;
  } const cases[] = {
      {"var x int", "x|int|", ""},
      {"var x = 1", "x||1", ""},
      {"var x, y = f(1, 2), g", "x||f(1, 2); y||g", ""},
      {"var x, y *T = a, b", "x|*T|a; y|*T|b", ""},
      {"var x, err = f()", "x||; err||", ""},
      {"var _ I = (*T)(nil)", "_|I|(*T)(nil)", ""},
      {"var x [N]int = [N]int{1, 2}", "x|[N]int|[N]int{1, 2}", ""},
      {"var f = func(a, b int) int {\n\treturn a\n}", "f||func(a, b int) int {\n\treturn a\n}", ""},
      {"var f func() = nil", "f|func()|nil", ""},
      {"var f func() (int, error)", "f|func() (int, error)|", ""},
      {"var (\n\ta int\n\tb = 1; c = 2\n\td, e string\n)", "a|int|; b||1; c||2; d|string|; e|string|", ""},
      {"var ()", "", ""},
      {"var (x = 1)", "x||1", ""},
      {"const c = 1", "", "c||1"},
      {"const c int = 1 << 2", "", "c|int|1 << 2"},
      {"const (\n\ta = iota\n\tb\n\t_\n\tc, d = 1, 2\n)", "", "a||iota; b||; _||; c||1; d||2"},
      {"const a, b = 1, 2\nvar c = a", "c||a", "a||1; b||2"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(in_package(c.source));
    CHECK(go.declared.complete);
    CHECK(describe(go, go.declared.variables) == c.variables);
    CHECK(describe(go, go.declared.constants) == c.constants);
  }
}

TEST_CASE("types") {
  struct {
    std::string source;
    std::string expected;
  } const cases[] = {
      {"type T int", "T int"},
      {"type T = pkg.U", "T = pkg.U"},
      {"type T []int", "T []int"},
      {"type T [N]int", "T [N]int"},
      {"type T[P any] []P", "T[P any] []P"},
      {"type T[P any] = map[string]P", "T[P any] = map[string]P"},
      {"type T[P *C, Q any] struct{}", "T[P *C, Q any] struct{}"},
      {"type T[P, Q interface{ ~int }] func(P) Q", "T[P interface{ ~int }, Q interface{ ~int }] func(P) Q"},
      {"type (\n\tA int\n\tB struct{ x int }; C = B\n)", "A int B struct{ x int } C = B"},
      {"type I interface {\n\tM(x int) error\n}", "I interface {\n\tM(x int) error\n}"},
      {"type ()", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoText go(in_package(c.source));
    CHECK(go.declared.complete);
    std::string all;
    for (const TypeDecl& type : go.declared.types) {
      if (!all.empty()) all += ' ';
      all += type.name.text;
      for (const TypeParameter& param : type.type_params) {
        all += &param == &type.type_params.front() ? "[" : ", ";
        all += param.name.text + " " + go.text(param.constraint);
      }
      all += type.type_params.empty() ? " " : "] ";
      all += (type.alias ? "= " : "") + go.text(type.type);
    }
    CHECK(all == c.expected);
  }
}

TEST_CASE("structs have their braces") {
  GoText go(in_package(
      "type (\n\tA struct { a int }\n\tB []struct{ b int }\n\tC[T any] struct{\n\t\tx struct{}\n\t}\n)\n"
      "type D = struct {}\ntype E (struct{})"));
  std::string all;
  for (const StructDecl& type : go.declared.structs) {
    all += type.name.text + (type.alias ? "=" : "") + std::to_string(type.type_params.size());
    all += go.text({type.body.open, type.body.close + 1}) + "|";
    CHECK(go.tokens[type.body.open_token].begin == type.body.open);
    CHECK(go.tokens[type.body.open_token].partner == type.body.close_token);
  }
  CHECK(all == "A0{ a int }|C1{\n\t\tx struct{}\n\t}|D=0{}|");
  CHECK(go.declared.types.size() == 5);
}

// What could be read of it: names of types, constants, variables and functions.
std::string names(const Outline& declared) {
  std::string all;
  for (const TypeDecl& type : declared.types) all += "type " + type.name.text + " ";
  for (const Value& value : declared.constants) all += "const " + value.name.text + " ";
  for (const Value& value : declared.variables) all += "var " + value.name.text + " ";
  for (const Function& function : declared.functions)
    all += (function.body ? "func " : "func; ") + function.name.text + " ";
  return all;
}

TEST_CASE("a file that does not parse gives what could be read") {
  struct {
    std::string what;
    std::string source;
    std::string expected;
  } const cases[] = {
      {"nothing", "", ""},
      {"only a package", "package", ""},
      {"no package", "func f() {}\n", "func f "},
      {"no name of the package", "package\nvar x int\n", "var x "},
      {"statement at top level", "package p\nx := 1\nfunc f() {}\n", "func f "},
      {"body without end", "package p\nfunc f() {\n\tvar no int\nfunc g() {}\n", "func; f func g "},
      {"brace too many", "package p\nfunc f() {}\n}\nfunc g() {}\n", "func f func g "},
      {"parameters without end", "package p\nfunc f(a int {\n}\nfunc g() {}\n", "func g "},
      {"parameter without type", "package p\nfunc f(a int, b) {}\n", "func f "},
      {"parameter without name", "package p\nfunc f(a int, *T) {}\n", "func f "},
      {"type parameter without name", "package p\nfunc f[A | B]() {}\n", "func f "},
      {"generic constraint without name", "package p\nfunc f[A[B] | C]() {}\n", "func f "},
      {"no name", "package p\nfunc () {}\nfunc g() {}\n", "func g "},
      {"two receivers", "package p\nfunc (a, b T) f() {}\nfunc g() {}\n", "func g "},
      {"receiver of no named type", "package p\nfunc (a []T) f() {}\n", "func f "},
      {"bad entry in a group", "package p\nvar (\n\ta int\n\t+ 1\n\tb = 2\n)\nvar c int\n",
       "var a var b var c "},
      {"group without end", "package p\nvar (\n\ta int\nfunc f() {}\n", "func f "},
      {"var with nothing behind it", "package p\nvar x\nvar y int\n", "var y "},
      {"no value", "package p\nvar x =\n", ""},
      {"no type", "package p\ntype T\ntype U int\n", "type U "},
      {"no constraint", "package p\ntype T[P, Q] int\n", "type T "},
      {"no path", "package p\nimport x\nvar y int\n", "var y "},
      {"two on one line", "package p\nvar x int var y int\nvar z int\n", "var x var z "},
      {"cut off", "package p\nfunc f(", ""},
      {"cut off in a receiver", "package p\nfunc (", ""},
      {"cut off in a string", "package p\nfunc f() { x := \"", "func; f "},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    Outline declared = GoText(c.source).declared;
    CHECK_FALSE(declared.complete);
    CHECK(names(declared) == c.expected);
  }
}

// Depth and length must not cost a stack, nor more than linear time.
TEST_CASE("hostile files end") {
  auto repeated = [](std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
  };
  constexpr std::size_t kMany = 200'000;
  std::string sources[] = {
      "package p\nfunc f(" + repeated("(", kMany),
      "package p\nvar x " + repeated("[]", kMany),
      "package p\nvar x " + repeated("func() ", kMany),
      "package p\ntype T[P *" + repeated("(", kMany) + "x" + repeated(")", kMany) + "] int\n",
      "package p\n" + repeated("{", kMany) + repeated(")", kMany),
      "package p\n" + repeated("func f(\n", kMany),
      "package p\n" + repeated("//go:x\n", kMany) + "func f() {}\n",
  };
  for (const std::string& source : sources) {
    CAPTURE(source.substr(0, 40));
    GoText go(source);
    CHECK(go.tokens[go.tokens.size() - 1].end == source.size());
  }
}

}  // namespace
}  // namespace otel::syntax
