// SPDX-License-Identifier: Apache-2.0
#include "gocode/trampoline.h"

#include "base/error.h"

#include "catch.h"
#include "gocode/glue.h"
#include "gocode/rule_text.h"

namespace otel::gocode {
namespace {

TEST_CASE("functions that can't have hooks") {
  struct {
    std::string source;
    std::string reason;  // empty if it can
  } const cases[] = {
      {"func F() {}", ""},
      {"func (t *T) F() {}", ""},
      {"//go:noinline\nfunc F() {}", ""},
      {"//go:linkname F x.F\nfunc F() {}", ""},
      {"// go:nosplit\nfunc F() {}", ""},   // a comment
      {"//go:nosplit\n\nfunc F() {}", ""},  // not of this function
      {"func F()", "the function has no Go body"},
      {"func F[T any]() {}", ""},
      {"func (t *T[K]) F() {}", ""},
      {"func _() {}", "a function named _ can't be called"},
      {"func init() {}", "init functions can't have hooks"},
      {"func (t T) init() {}", ""},
      {"//go:cgo_unsafe_args\nfunc F() {}", "it is //go:cgo_unsafe_args"},
      {"//go:nosplit\nfunc F() {}", "it is //go:nosplit"},
      {"// Doc.\n//\n//go:noinline\n//go:systemstack more\nfunc F() {}", "it is //go:systemstack"},
      {"//go:nowritebarrier\nfunc F() {}", "it is //go:nowritebarrier"},
      {"//go:nowritebarrierrec\nfunc F() {}", "it is //go:nowritebarrierrec"},
      {"//go:yeswritebarrierrec\nfunc F() {}", "it is //go:yeswritebarrierrec"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    GoFile file("x.go", "package p\n\n" + c.source + "\n");
    REQUIRE(file.outline.functions.size() == 1);
    CHECK(refuse_function(file, file.outline.functions[0]).value_or("") == c.reason);
  }
}

TEST_CASE("rules that don't name a function skip the Go runtime") {
  auto reason = [](const std::string& path) { return refuse_go_runtime({path, {}}).value_or(""); };
  for (const char* path : {"runtime", "runtime/internal/x", "internal/runtime/maps", "internal/abi"}) {
    CAPTURE(path);
    CHECK(reason(path) == "package " + std::string(path) +
                              " is part of the Go runtime, where hooks may not run; to weave one "
                              "function, name it");
  }
  for (const char* path : {"runtime/debug", "runtimes", "example.com/runtime", "internal/abix"})
    CHECK(reason(path).empty());
}

TEST_CASE("a rule's text on one line") {
  struct {
    std::string text;
    std::string expected;
  } const cases[] = {
      {"", ""},
      {"a()", "a()"},
      {"  a ( b )  \n", "a ( b )"},
      {"a()\nb()\n", "a(); b()"},
      {"a(); b()", "a(); b()"},
      {"a();\nb()", "a(); b()"},
      {"if x { // why\n\ta()\n} else {\n\tb()\n}", "if x { a(); } else { b(); }"},
      {"a(b,\n\tc,\n)", "a(b, c, )"},
      {"x := a +\n\tb /* of\nb */\ny()", "x := a + b; y()"},
      {"s := \"// not a comment\"", "s := \"// not a comment\""},
      {"return", "return"},
      {"a() // last", "a()"},
      {"s := `a\nb`", "s := `a\nb`"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(one_line(c.text) == c.expected);
  }
}

TEST_CASE("an expression over more lines than it has") {
  CHECK(spread_expression("f(x)", 0) == "f(x)");
  CHECK(spread_expression("f(x)", 2) == "f(\n\nx)");
  CHECK(spread_expression("f()", 1) == "f(\n)");
  CHECK(spread_expression("a[\"(\"](x)", 1) == "a[\"(\"](\nx)");
  CHECK(spread_expression("x", 1) == "(\nx)");
}

TEST_CASE("hook shapes") {
  using enum PassMode;
  CHECK(HookShape{{Omit, Value, Pointer, Boxed}, {Value}}.text() == "-vpi|v");
  CHECK(HookShape{}.text() == "|");
  for (std::string text : {"|", "-vpi|v", "|p", "v|"}) CHECK(HookShape::parse(text).text() == text);
  for (std::string text : {"", "v", "x|", "|V"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(HookShape::parse(text), base::InternalError);
  }
}

TEST_CASE("glue without a hook still says which function it is") {
  FunctionWeave weave{"r", "otel_r_T_M", {"T", true, "M"}, {}, {}};
  auto glue = render_glue("glue", "net/http", weave, "example.com/hooks", {});
  for (std::string line :
       {"package glue\n", "\totelhooks \"example.com/hooks\"\n", "\totelhook \"otel.runtime/hook\"\n",
        "{Package: \"net/http\", Receiver: \"*T\", Name: \"M\"}",
        "//go:linkname otel_r_T_M_before net/http.otel_r_T_M_before\n",
        "code = otelhook.Enter(call, &otel_r_T_M_function)\n"}) {
    CAPTURE(line);
    CHECK(glue.find(line) != std::string::npos);
  }
  CHECK(glue.find("_after") == std::string::npos);
}

}  // namespace
}  // namespace otel::gocode
