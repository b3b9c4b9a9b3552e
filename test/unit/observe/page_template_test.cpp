// SPDX-License-Identifier: Apache-2.0
#include "observe/page_template.h"

#include "base/error.h"

#include "catch.h"

namespace otel::observe {
namespace {

TEST_CASE("parts of a page") {
  PageTemplate page(
      "<!-- about it -->\n<!-- part a -->\n<p>{{x}}{{{y}}}{ {\n<!-- part b -->\n<!-- part c -->\nend");
  CHECK(page.fill("a", {{"x", "<a href=\"?b&c\">"}, {"y", "<br>"}}) ==
        "<p>&lt;a href=&quot;?b&amp;c&quot;&gt;<br>{ {\n");
  CHECK(page.fill("a", {{"y", "{{x}}"}, {"x", "{{y}}"}}) == "<p>{{y}}{{x}}{ {\n");  // values are no parts
  CHECK(page.fill("b") == "");
  CHECK(page.fill("c") == "end");
  CHECK_THROWS_AS(page.fill("d"), base::InternalError);
  CHECK_THROWS_AS(page.fill("a", {{"x", ""}}), base::InternalError);
  CHECK_THROWS_AS(PageTemplate("<!-- part a"), base::InternalError);
}

}  // namespace
}  // namespace otel::observe
