// SPDX-License-Identifier: Apache-2.0
#include "syntax/uses.h"

#include "catch.h"

namespace otel::syntax {
namespace {

// How often a function's body uses an outer `http`; every use that counts is spelled http.Yes, any other
// http.No.
void check_body(const std::string& body) {
  SourceFile file("in.go", "package p\n\nfunc f(p T, all []T) {\n" + body + "\n}\n");
  auto tokens = scan(file);
  auto declared = outline(file, tokens);
  REQUIRE(declared.complete);
  INFO(body);
  std::size_t wanted = 0;
  for (auto at = body.find("http.Yes"); at != std::string::npos; at = body.find("http.Yes", at + 1)) ++wanted;
  auto found = uses(file, tokens, declared, {"http"});
  // A key of a composite literal may be a field's name or a map's key.
  std::erase_if(found, [&](std::size_t at) { return tokens[at + 1].is(TokenKind::Colon); });
  for (auto at : found) CHECK(file.text(tokens.span(at + 2)) == "Yes");
  CHECK(found.size() == wanted);
}

TEST_CASE("uses of an outer name, and of those that hide it") {
  for (const char* body : {
           "http.Yes()",
           "x.http.No(); (http.Yes)(); f(http.Yes, 1); _ = []int{http.Yes()}[http.Yes()]",
           "http := http.Yes(); http.No()",
           "http, err := http.Yes(); http.No(err)",
           "var http = http.Yes(); http.No()",
           "var ( http, y = http.Yes(), 1 ); http.No()",
           "const http = 1; http.No()",
           "type http struct{}; http.No()",
           "{ http := p; http.No() }; http.Yes()",
           "if http := p; http.No() { http.No() } else if http.No() { http.No() } else { http.No() }; "
           "http.Yes()",
           "if http.Yes() { http := p; http.No() } else { http.Yes() }",
           "for http := range http.Yes() { http.No() }; http.Yes()",
           "for http := 0; http.No(); http.No() { http.No() }; http.Yes()",
           "for _, x := range []T{{1}, {2}} { http.Yes(x) }",
           "for _, x := range map[T]T{http.Yes(): {}} { http.Yes(x) }",
           "for _, h := range []func(T){http.Yes, func(http T) { http.No() }} { http.Yes(h) }",
           "for range struct{ http T }{http.Yes()}.http { http.Yes() }",
           "if x := func(http T) bool { return http.No() }; x(http.Yes()) { http.Yes() }",
           "switch http := p.(type) { case T: http.No(); default: http.No() }; http.Yes()",
           "switch x := http.Yes(); x { case http.Yes(): http := p; http.No(); case 2: http.Yes() }",
           "switch { case x: { http := p; http.No() }; http.Yes() }",
           "select { case http := <-c: http.No(); case c <- http.Yes(): http.Yes(); default: http.Yes() }",
           "func(http T) { http.No() }(http.Yes())",
           "func() (http T) { http.No(); return }()",
           "go func() { defer http.Yes(); http := p; http.No() }()",
           "http:\n\tfor { http.Yes(); continue http }",
           "return T{http: http.Yes(), y: func() { http.Yes() }}",
           "x := [...]T{2: http.Yes()}; m := map[string]struct{ http T }{}; http.Yes(x, m)",
           "p.http = 1; var y chan T = make(chan T); y <- http.Yes()",
       })
    check_body(body);
}

TEST_CASE("uses in package-level variables, and names that a signature declares") {
  SourceFile file("in.go",
                  "package p\n\nvar a, b = http.Yes(), func(http T) { http.No() }\n\n"
                  "var ( c = http.Yes; d T )\n\nfunc (http T) m() { http.No() }\n\n"
                  "func g[http any](x http) { http.No() }\n\nfunc r() (http T) { http.No(); return }\n");
  auto tokens = scan(file);
  auto found = uses(file, tokens, outline(file, tokens), {"http"});
  REQUIRE(found.size() == 2);
  for (auto at : found) CHECK(file.text(tokens.span(at + 2)) == "Yes");
}

}  // namespace
}  // namespace otel::syntax
