// SPDX-License-Identifier: Apache-2.0
#include "syntax/type_syntax.h"

#include "catch.h"

namespace otel::syntax {
namespace {

using Skip = std::size_t (*)(const TokenList&, std::size_t);

// What is skipped at the start of the source.
std::string skipped(Skip skip, std::string_view source) {
  SourceFile file("x.go", std::string(source));
  TokenList tokens = scan(file);
  std::size_t behind = skip(tokens, 0);
  return behind == 0 ? "" : std::string(file.text(tokens.span(0, behind - 1)));
}

// The rows mark the end of the type by "¦".
void check_skips(Skip skip, const std::vector<std::string_view>& rows) {
  for (std::string_view row : rows) {
    CAPTURE(row);
    constexpr std::string_view kMark = "¦";
    std::size_t mark = row.find(kMark);
    REQUIRE(mark != std::string_view::npos);
    std::string source = std::string(row.substr(0, mark)) + std::string(row.substr(mark + kMark.size()));
    CHECK(skipped(skip, source) == row.substr(0, mark));
  }
}

TEST_CASE("skip_type steps over every sort of type") {
  check_skips(skip_type, {
                             "int¦ = 1",
                             "pkg.T¦ = 1",
                             "pkg.T[A, B[C]]¦ = 1",
                             "T[A]¦, x",
                             "*T¦)",
                             "**pkg.T¦)",
                             "[]T¦{1}",
                             "[4]T¦{1}",
                             "[...]T¦{1}",
                             "[len(x) + 1][]*T¦ = y",
                             "map[string][]T¦{}",
                             "map[[2]int]map[K]V¦, x",
                             "chan T¦)",
                             "<-chan T¦)",
                             "chan<- T¦)",
                             "chan<- <-chan T¦)",
                             "chan (<-chan T)¦)",
                             "struct{ a, b int; T }¦{}",
                             "interface{ M(); ~int | string }¦, x",
                             "func()¦ {",
                             "func() T¦ {",
                             "func(a, b int, c ...T) (x T, err error)¦ {",
                             "func(func(T) U) func(V) W¦ {",
                             "func() []func() <-chan T¦ = nil",
                             "func()¦ = nil",
                             "(T)¦ = x",
                             "(*T)¦.M",
                             "*(pkg.T[A])¦)",
                             "[]struct{}¦{}",
                         });
}

TEST_CASE("skip_type does not take what is no type") {
  check_skips(skip_type, {"¦= 1", "¦", "¦) x", "¦{}", "¦; x", "¦<- c", "¦1", "¦\"s\"", "¦...T", "¦~T", "¦[T",
                          "¦(T", "¦return"});
}

TEST_CASE("skip_type ends in a type that breaks off") {
  check_skips(skip_type,
              {"*¦)", "map[string]¦)", "[]¦, x", "pkg¦.)", "T¦[A", "func¦ x", "struct¦ x", "chan¦"});
}

TEST_CASE("skip_constraint steps over unions") {
  check_skips(skip_constraint, {
                                   "any¦]",
                                   "~int¦]",
                                   "~int | ~string¦, U any]",
                                   "*T | []U | pkg.V[W]¦]",
                                   "interface{ ~int }¦]",
                                   "T¦ & U]",
                                   "¦]",
                               });
}

TEST_CASE("expressions end at a semicolon or the closing bracket around them") {
  struct {
    std::string source;
    std::size_t end;
    std::size_t commas;
  } const cases[] = {
      {"a, b\nc", 3, 1},
      {"a; b", 1, 0},
      {"f(a, b), g[c, d]", 13, 1},
      {"func() { x; y }, T{1, 2}\n", 15, 1},
      {"a) b", 1, 0},
      {"a } b", 1, 0},
      {"\n", 0, 0},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    TokenList tokens = scan(SourceFile("x.go", c.source));
    ExpressionList list = skip_expressions(tokens, 0);
    CHECK(list.end == c.end);
    CHECK(list.commas == c.commas);
  }
}

TEST_CASE("brackets behind a type's name hold parameters or an array's length") {
  struct {
    std::string brackets;
    bool parameters;
  } const cases[] = {
      {"[P any]", true},
      {"[P any, Q any]", true},
      {"[P, Q any]", true},
      {"[P []int]", true},
      {"[P [2]int]", true},
      {"[P pkg.C]", true},
      {"[P C[int]]", true},
      {"[P ~int]", true},
      {"[P interface{}]", true},
      {"[P func()]", true},
      {"[P map[K]V]", true},
      {"[P <-chan int]", true},
      {"[P *C,]", true},
      {"[P *C, Q any]", true},
      {"[P *C|Q,]", true},
      {"[P *C|~Q]", true},
      {"[P *[]int]", true},
      {"[P *struct{}]", true},
      {"[P (C),]", true},
      {"[P ([]int)]", true},
      {"[P *(interface{})]", true},
      {"[]", false},
      {"[N]", false},
      {"[5]", false},
      {"[...]", false},
      {"[pkg.N]", false},
      {"[N + 1]", false},
      {"[N | 1]", false},
      {"[N | M]", false},
      {"[N * M]", false},
      {"[N * M * K]", false},
      {"[N * 2]", false},
      {"[N * pkg.M]", false},
      {"[N * (M + 1)]", false},
      {"[N * len([]int{})]", false},
      {"[N * a[0]]", false},
      {"[N(M)]", false},
      {"[N(M).x]", false},
      {"[N(M) + 1]", false},
      {"[(N)]", false},
      {"[N << 2]", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.brackets);
    TokenList tokens = scan(SourceFile("x.go", c.brackets + "int"));
    CHECK(holds_type_parameters(tokens, 0) == c.parameters);
  }
}

}  // namespace
}  // namespace otel::syntax
