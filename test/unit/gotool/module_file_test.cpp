// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_file.h"

#include "gotool/module_lines.h"

#include "catch.h"

namespace otel::gotool {
namespace {

TEST_CASE("a go.mod") {
  auto file = parse_module_file(
      "// a comment\n"
      "module example.com/app // import \"x\"\r\n"
      "\n"
      "go 1.25.0\n"
      "toolchain go1.26.8\n"
      "\n"
      "require a.example/one v1.0.0\n"
      "require (\n"
      "\tb.example/two v2.0.0+incompatible // indirect\n"
      "\t// c.example/not v1.0.0\n"
      "\t\"d.example/quoted\" v0.1.0\n"
      ")\n"
      "require `e.example/raw` v0.2.0\n"
      "exclude a.example/one v1.1.0\n"
      "exclude (\n\ta.example/one v1.2.0\n)\n"
      "replace b.example/two => ./two\n"
      "replace (\n\ta.example/one v1.0.0 => f.example/fork v1.0.1\n)\n"
      "retract v0.9.0\n"
      "tool a.example/one/cmd\n");
  CHECK(file.module == "example.com/app");
  CHECK(file.go == "1.25.0");
  REQUIRE(file.requirements.size() == 4);
  CHECK(file.required_version("a.example/one") == "v1.0.0");
  CHECK(file.required_version("b.example/two") == "v2.0.0+incompatible");
  CHECK(file.required_version("d.example/quoted") == "v0.1.0");
  CHECK(file.required_version("e.example/raw") == "v0.2.0");
  CHECK(file.required_version("c.example/not").empty());
}

TEST_CASE("a go.mod of little") {
  CHECK(parse_module_file("").module.empty());
  auto file = parse_module_file("module \"m\"");
  CHECK(file.module == "m");
  CHECK(file.go.empty());
  CHECK(file.requirements.empty());
}

TEST_CASE("lines of a block without its keyword are told from directives") {
  auto file = parse_module_file("module m\nrequire (\n\tgo.example/x v1.0.0\n)\ngo 1.22\n");
  CHECK(file.go == "1.22");
  CHECK(file.required_version("go.example/x") == "v1.0.0");
}

TEST_CASE("words of a line, as go reads them") {
  using Tokens = std::vector<std::string>;
  CHECK(module_line_tokens("  require\ta.b/c v1.0.0 // indirect") == Tokens{"require", "a.b/c", "v1.0.0"});
  CHECK(module_line_tokens("use \"./a//b \\\"c\\xe9\" // d") == Tokens{"use", "./a//b \"c\xe9"});
  CHECK(module_line_tokens("use `./a\\//b`//") == Tokens{"use", "./a\\//b"});
  CHECK(module_line_tokens("require(") == Tokens{"require", "("});
  CHECK(module_line_tokens("module a.b/c//d") == Tokens{"module", "a.b/c"});
  CHECK(module_line_tokens("use \"./a") == Tokens{"use", "\"./a"});
  CHECK(module_line_tokens("// x").empty());
  for (std::string token : {"a b", "\"`'", "a//b", "a(b", "\xff\n", "\\", "é"}) {
    CAPTURE(token);
    CHECK(module_line_tokens("use " + quote_module_token(token)) == Tokens{"use", token});
  }
}

}  // namespace
}  // namespace otel::gotool
