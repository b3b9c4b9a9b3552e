// SPDX-License-Identifier: Apache-2.0
#include "gocode/go_package.h"

#include "catch.h"

namespace otel::gocode {
namespace {

TEST_CASE("types that are equal are spelled equally") {
  // Of a package example.com/p; the file calls net/http h.
  const std::string head =
      "package p\n\nimport (\n\t\"io\"\n\th "
      "\"net/http\"\n\t\"example.com/redis/v9\"\n\t\"text/template\"\n)\n\n";
  struct {
    std::string type;
    std::string canonical;
  } const cases[] = {
      {"int", "int"},
      {"T", "\"example.com/p\".T"},
      {"*T", "*\"example.com/p\".T"},
      {"* T", "*\"example.com/p\".T"},
      {"h.Request", "\"net/http\".Request"},
      {"*io.Reader", "*\"io\".Reader"},
      {"redis.Client", "\"example.com/redis/v9\".Client"},
      {"unknown.T", "\"unknown\".T"},
      {"any", "any"},
      {"interface{}", "any"},
      {"interface {\n}", "any"},
      {"map[string] []T", "map[string][]\"example.com/p\".T"},
      {"[ 3 ]int", "[3]int"},
      {"chan int", "chan int"},
      {"<-chan int", "<-chan int"},
      {"chan<- int", "chan<-int"},
      {"chan (<-chan T)", "chan(<-chan\"example.com/p\".T)"},
      {"func()", "func()"},
      {"func(int)", "func(int)"},
      {"func(a, b int, rest ...T) error", "func(int,int,...\"example.com/p\".T) error"},
      {"func(a, b) (c, d)",
       "func(\"example.com/p\".a,\"example.com/p\".b)(\"example.com/p\".c,\"example.com/p\".d)"},
      {"func() (n int, err error)", "func()(int,error)"},
      {"func() (int)", "func() int"},
      {"func() (n int)", "func() int"},
      {"func() ()", "func()"},
      {"func(func(x T)) func(y int) h.Header",
       "func(func(\"example.com/p\".T)) func(int) \"net/http\".Header"},
      {"map[T]func(x int)", "map[\"example.com/p\".T]func(int)"},
      {"struct{}", "struct{}"},
      {"struct { A, b int }", "struct{A,\"example.com/p\".b int}"},
      {"struct { A int; T; *h.Request `tag` }",
       "struct{A int;\"example.com/p\".T;*\"net/http\".Request`tag`}"},
      {"struct {\n\tA [2]int\n\tG[int]\n}", "struct{A [2]int;\"example.com/p\".G[int]}"},
      {"interface { M(x int) error; io.Reader; ~int | T }",
       "interface{M(int) error;\"io\".Reader;~int|\"example.com/p\".T}"},
      {"interface { m() }", "interface{\"example.com/p\".m()}"},
      {"G[int, h.Header]", "\"example.com/p\".G[int,\"net/http\".Header]"},
      {"uintptr", "uintptr"},
      {"größe", "\"example.com/p\".größe"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.type);
    GoFile file("x.go", head + "func f(p " + c.type + ") {}\n");
    REQUIRE(file.outline.functions.size() == 1);
    REQUIRE(file.outline.functions[0].params.size() == 1);
    CHECK(canonical_type(file, "example.com/p", file.outline.functions[0].params[0].type) == c.canonical);
  }
}

TEST_CASE("the names that a type takes from its own package") {
  GoFile file(
      "x.go",
      "package p\n\nimport \"io\"\n\nfunc f(a map[K]func(x V, y io.Reader) struct{ F, g W; E }) {}\n");
  std::string names;
  for (const auto& span : own_type_names(file, file.outline.functions[0].params[0].type))
    names += std::string(file.text(span)) + " ";
  CHECK(names == "K V W E ");
}

TEST_CASE("the import that a qualifier means") {
  struct {
    std::string imports, qualifier, path;
  } const cases[] = {
      {"\"net/http\"", "http", "net/http"},
      {"h \"net/http\"", "h", "net/http"},
      {"h \"net/http\"", "http", ""},
      {"_ \"net/http\"", "http", ""},
      {"\"github.com/redis/go-redis/v9\"", "redis", "github.com/redis/go-redis/v9"},
      {"\"example.com/redis/v9\"", "redis", "example.com/redis/v9"},
      {"\"gopkg.in/yaml.v3\"", "yaml", "gopkg.in/yaml.v3"},
      {"\"k8s.io/klog/v2\"", "klog", "k8s.io/klog/v2"},
      {"\"v2\"", "v2", "v2"},
      {"\"html/template\"; txt \"text/template\"", "template", "html/template"},
      {"template \"text/template\"; \"html/template\"", "template", "text/template"},
      {"\"a.example/one/v3\"; \"b.example/two/v3\"", "two", "b.example/two/v3"},
      {"\"example.com/http-client\"; \"net/http\"", "http", "net/http"},  // by custom rather than by likeness
      {"\"net/http\"; \"example.com/http-client\"", "http", "net/http"},
      {"\"fmt\"", "io", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.imports, c.qualifier);
    GoFile file("x.go", "package p; import (" + c.imports + ")\n");
    const auto* found = find_import(file.outline, c.qualifier);
    CHECK((found ? found->path : "") == c.path);
  }
}

TEST_CASE("functions are found by receiver, its form, and name") {
  GoPackage package;
  package.path = "p";
  package.files.emplace_back("a.go", "package p\n\nfunc F() {}\n\nfunc (t T) M() {}\n");
  package.files.emplace_back("b.go", "package p\n\nfunc (t *T) N() {}\n\nfunc (*U[K]) M() {}\n");
  struct {
    std::string name, file;
  } const cases[] = {
      {"F", "a.go"}, {"T.M", "a.go"}, {"(*T).N", "b.go"}, {"(*U).M", "b.go"}, {"(*T).M", ""},
      {"T.N", ""},   {"M", ""},       {"U.M", ""},        {"G", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    auto name = notation::parse_function_name(c.name);
    REQUIRE(name);
    auto found = find_function(package, *name);
    CHECK((found ? found->file->source.path() : "") == c.file);
    if (found) CHECK(found->function->name.text == name->name);
  }
  CHECK(function_names(package) == std::vector<std::string>{"F", "T.M", "(*T).N", "(*U).M"});
}

}  // namespace
}  // namespace otel::gocode
