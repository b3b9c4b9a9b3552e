// SPDX-License-Identifier: Apache-2.0
#include "plan/overlay.h"

#include "base/error.h"

#include "catch.h"

namespace otel::plan {
namespace {

TEST_CASE("an overlay as go reads it") {
  CHECK(render_overlay({}, "/src") == "{\n \"Replace\": {\n\n }\n}\n");
  CHECK(render_overlay({{"/a/go.mod", "/c/x.mod"}, {"/a/\"q\"\\.go", ""}}, "/src") ==
        "{\n \"Replace\": {\n  \"/a/\\\"q\\\"\\\\.go\": \"\",\n  \"/a/go.mod\": \"/c/x.mod\"\n }\n}\n");
}

TEST_CASE("an overlay is what its text says") {
  Overlay overlay = {{"/a/b.go", "/c/d e.go"}, {"/a/hidden.go", ""}, {"/a/\tq\"\\.go", "/é"}};
  CHECK(parse_overlay("o.json", render_overlay(overlay, "/src"), "/src") == overlay);
  CHECK(parse_overlay("o.json", "{\n\t\"Replace\": {\n\t\t\"/a\": \"/b\\u0041\"\n\t}\n}\n", "/src") ==
        Overlay{{"/a", "/bA"}});
  CHECK(parse_overlay("o.json", "{}", "/src").empty());
  CHECK(parse_overlay("o.json", "{\"Replace\":{}}", "/src").empty());
}

TEST_CASE("relative paths are those of the go command's directory") {
  CHECK(parse_overlay("o.json", "{\"Replace\": {\"a.go\": \"../b.go\", \"./sub/../c.go\": \"\"}}",
                      "/src/app") == Overlay{{"/src/app/a.go", "/src/b.go"}, {"/src/app/c.go", ""}});
}

TEST_CASE("paths that aren't UTF-8 are relative to the directory that go runs in") {
  const std::string directory = "/p\xff/app";
  const Overlay overlay = {
      {"/p\xff/app/go.mod", "/cache/x"}, {"/p\xff/lib.go", ""}, {"/usr/é.go", "/cache/y"}};
  auto text = render_overlay(overlay, directory);
  CHECK(text ==
        "{\n \"Directory\": \"/p\xff/app\",\n \"Replace\": {\n  \"go.mod\": \"/cache/x\",\n"
        "  \"../lib.go\": \"\",\n  \"/usr/é.go\": \"/cache/y\"\n }\n}\n");
  CHECK(parse_overlay("o.json", text, "/elsewhere") == overlay);
  CHECK_FALSE(find_unwritable(overlay, directory));
  CHECK(find_unwritable({{"/p\xff/app/x\xfe/go.mod", ""}}, directory) == "/p\xff/app/x\xfe/go.mod");
  CHECK(find_unwritable({{"/a", "/cache\xff/x"}}, "/src") == "/cache\xff/x");
  // What isn't UTF-8 in a user's overlay means to otel what it means to go.
  CHECK(parse_overlay("o.json", "{\"Replace\": {\"/a\xff\": \"/b\"}}", "/") ==
        Overlay{{"/a\xEF\xBF\xBD", "/b"}});
}

TEST_CASE("keys of an overlay are those that go takes for them, the last of a path counts") {
  CHECK(parse_overlay("o.json",
                      R"({"replace": {"/a": "/b", "/a": "/c"}, "Else": [1], "REPLACE": {"/d": ""}})",
                      "/") == Overlay{{"/a", "/c"}, {"/d", ""}});
  CHECK(parse_overlay("o.json", R"({"Replace": null})", "/").empty());
}

TEST_CASE("an overlay that is none") {
  struct {
    std::string text, expected;
  } const cases[] = {
      {"{\"Replace\": [1]}", "o.json: \"Replace\" must be a map\n"},
      {"{\"Replace\": {\"/a\": 1}}", "o.json: the value of /a must be a string\n"},
      {"[]", "o.json: an overlay must be an object\n"},
      {"{\n\"Replace\": [", "o.json:2: -overlay: "},
      {"{}\n\n{}", "o.json:3: -overlay: "},
      {"", "o.json:1: -overlay: "},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    try {
      parse_overlay("o.json", c.text, "/src");
      FAIL_CHECK("no error");
    } catch (const base::Error& error) {
      auto rendered = error.render();
      // What Boost.JSON says is its own matter.
      if (c.expected.back() != '\n') rendered = rendered.substr(0, c.expected.size());
      CHECK(rendered == c.expected);
    }
  }
}

}  // namespace
}  // namespace otel::plan
