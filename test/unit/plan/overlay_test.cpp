// SPDX-License-Identifier: Apache-2.0
#include "plan/overlay.h"

#include "base/error.h"

#include "catch.h"

namespace otel::plan {
namespace {

TEST_CASE("an overlay as go reads it") {
  CHECK(render_overlay({}) == "{\n \"Replace\": {\n\n }\n}\n");
  CHECK(render_overlay({{"/a/go.mod", "/c/x.mod"}, {"/a/\"q\"\\.go", ""}}) ==
        "{\n \"Replace\": {\n  \"/a/\\\"q\\\"\\\\.go\": \"\",\n  \"/a/go.mod\": \"/c/x.mod\"\n }\n}\n");
}

TEST_CASE("an overlay is what its text says") {
  Overlay overlay = {{"/a/b.go", "/c/d e.go"}, {"/a/hidden.go", ""}, {"/a/\tq\"\\.go", "/é"}};
  CHECK(parse_overlay("o.json", render_overlay(overlay), "/src") == overlay);
  CHECK(parse_overlay("o.json", "{\n\t\"Replace\": {\n\t\t\"/a\": \"/b\\u0041\"\n\t}\n}\n", "/src") ==
        Overlay{{"/a", "/bA"}});
  CHECK(parse_overlay("o.json", "{}", "/src").empty());
  CHECK(parse_overlay("o.json", "{\"Replace\":{}}", "/src").empty());
}

TEST_CASE("relative paths are those of the go command's folder") {
  CHECK(parse_overlay("o.json", "{\"Replace\": {\"a.go\": \"../b.go\", \"./sub/../c.go\": \"\"}}",
                      "/src/app") == Overlay{{"/src/app/a.go", "/src/b.go"}, {"/src/app/c.go", ""}});
}

TEST_CASE("an overlay that is none") {
  struct {
    std::string text, expected;
  } const cases[] = {
      {"{\"Replace\": [1]}", "o.json: \"Replace\" must be a map\n"},
      {"{\n\"Replace\": [", "o.json:2: -overlay: "},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    try {
      parse_overlay("o.json", c.text, "/src");
      FAIL_CHECK("no error");
    } catch (const base::Error& error) {
      auto rendered = error.render();
      // What yaml-cpp says is its own matter.
      if (c.expected.back() != '\n') rendered = rendered.substr(0, c.expected.size());
      CHECK(rendered == c.expected);
    }
  }
}

}  // namespace
}  // namespace otel::plan
