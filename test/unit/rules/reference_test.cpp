// SPDX-License-Identifier: Apache-2.0
#include "rules/reference.h"

#include "base/files.h"

#include "catch.h"

TEST_CASE("rulesets/README.md holds the reference that the loader's tables make") {
  auto readme =
      otel::base::read_file(otel::base::Path(__FILE__).parent_path() / "../../../rulesets/README.md");
  CHECK(readme.find(otel::rules::render_reference()) != std::string::npos);
}
