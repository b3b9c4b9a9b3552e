// SPDX-License-Identifier: Apache-2.0
#include "notation/pattern.h"

#include "catch.h"

namespace otel::notation {
namespace {

TEST_CASE("package patterns of rules") {
  struct {
    std::string pattern, path;
    bool matches;
  } const cases[] = {
      {"net/http", "net/http", true},
      {"net/http", "net/http/httptest", false},
      {"a.example/sdk/...", "a.example/sdk", true},
      {"a.example/sdk/...", "a.example/sdk/x/y", true},
      {"a.example/sdk/...", "a.example/sdkx", false},
      {"a.example/sdk...", "a.example/sdkx", true},
      {"a.example/*/v2", "a.example/x/v2", true},
      {"a.example/*/v2", "a.example/x/y/v2", false},
      {"a.example/.../v2", "a.example/x/y/v2", true},
      {"a.example/s*", "a.example/sdk", true},
      {"a.example/s*", "a.example/sdk/x", false},
      {"a.example/*", "a.example", false},
      {"a.example/*/...", "a.example/x", true},
      {"...", "net/http", true},
      {"*", "fmt", true},
      {"*", "net/http", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.pattern, c.path);
    CHECK(matches_package(c.pattern, c.path) == c.matches);
  }
  CHECK(names_first_element("net/..."));
  CHECK_FALSE(names_first_element("..."));
  CHECK_FALSE(names_first_element("*/x"));
  CHECK_FALSE(is_package_pattern("gopkg.in/yaml.v3"));
}

TEST_CASE("function patterns") {
  struct {
    std::string pattern, name;
    bool matches;
  } const cases[] = {
      {"Get*", "Get", true},
      {"Get*", "GetAll", true},
      {"Get*", "T.GetAll", false},
      {"*", "F", true},
      {"*", "T.F", false},
      {"*.Close", "T.Close", true},
      {"*.Close", "(*T).Close", true},
      {"*.Close", "Close", false},
      {"(*T).*", "(*T).M", true},
      {"(*T).*", "T.M", false},
      {"T.*", "T.M", true},
      {"T.*", "(*T).M", false},
      {"(*C*t).D?", "(*Client).Do", true},
      {"(*C*t).D?", "(*Client).Dot", false},
      {"(**).M", "(*T).M", true},
      {"(*T[_]).*", "(*T).M", true},
      {"*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false},
      {"/^Get|Set$/", "(*T).Set", true},
      {"/^Get|Set$/", "T.Get", false},
      {"/./", "(*T).M", true},
      {"/(?i)^get/", "GetAll", true},
      {"/^\\(\\*\\w+\\)\\.\\pL+$/", "(*T).Größe", true},
      {"/^[[:upper:]]\\w*$/", "F", true},
      {"/^[[:upper:]]\\w*$/", "f", false},
      {"/\\bM\\b/", "T.M", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.pattern, c.name);
    std::string why;
    REQUIRE(FunctionPattern::is_meant(c.pattern));
    auto pattern = FunctionPattern::parse(c.pattern, &why);
    CAPTURE(why);
    REQUIRE(pattern);
    CHECK(pattern->text() == c.pattern);
    CHECK(pattern->matches(*parse_function_name(c.name)) == c.matches);
  }
  CHECK_FALSE(FunctionPattern::is_meant("(*T).M"));
  CHECK_FALSE(FunctionPattern::is_meant("F"));
  for (std::string text : {"/(/", "/x", "//", "*.T.M", "a b*", "(*T.M*", "T.*.M", "?.", ""}) {
    CAPTURE(text);
    std::string why;
    CHECK_FALSE(FunctionPattern::parse(text, &why));
    bool open = text == "/x" || text == "//";
    CHECK((why == "write a regular expression between two slashes") == open);
    CHECK_FALSE(why.empty());
  }
}

TEST_CASE("what is wrong with a regular expression, and where") {
  struct {
    std::string text, why;
  } const cases[] = {
      {"/ab(c/", "missing ): ab(c"},
      {"/ab)c/", "unexpected ): ab)c"},
      {"/Get|*/", "no argument for repetition operator: * (character 5)"},
      {"/(.)\\1/", "invalid escape sequence: \\1 (character 4)"},
      {"/a(?=b)/", "invalid perl operator: (?= (character 2)"},
      {"/[b-a]/", "invalid character class range: b-a (character 2)"},
      {"/a{1001}/", "invalid repetition size: {1001} (character 2)"},
      {"/((a{100}){100}){100}/", "invalid repetition size: {100} (character 4)"},
      {"/(\\pL{30}|\\pN{30}){30}/", "pattern too large - compile failed"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    std::string why;
    CHECK_FALSE(FunctionPattern::parse(c.text, &why));
    CHECK(why == "invalid regular expression: " + c.why);
  }
}

// Time here grows with the length alone; a matcher that goes back takes longer than the universe is old.
TEST_CASE("no pattern takes long") {
  const std::string name(5'000, 'a');
  for (std::string text : {"/^(a*)*b$/", "/(a|aa)+$b/", "/(a?){50}a{50}c/", "*a*a*a*a*a*a*a*a*b"}) {
    CAPTURE(text);
    std::string why;
    auto pattern = FunctionPattern::parse(text, &why);
    CAPTURE(why);
    REQUIRE(pattern);
    CHECK_FALSE(pattern->matches({"", false, name}));
  }
}

TEST_CASE("blanks for type parameters") {
  CHECK(parse_function_name("T[_].M")->text() == "T.M");
  CHECK(parse_function_name("(*T[_, _]).M")->text() == "(*T).M");
  CHECK_FALSE(parse_function_name("(*T[]).M"));
  CHECK_FALSE(parse_function_name("[_].M"));
  CHECK_FALSE(parse_function_name("T.M[_]"));
}

}  // namespace
}  // namespace otel::notation
