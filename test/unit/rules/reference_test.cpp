// SPDX-License-Identifier: Apache-2.0
#include "rules/reference.h"

#include "base/files.h"
#include "rules/schema.h"

#include "catch.h"

// ctest runs the unit tests in the root of the sources.
TEST_CASE("rulesets/README.md holds the reference that the loader's tables make") {
  auto readme = otel::base::read_file("rulesets/README.md");
  CHECK(readme.find(otel::rules::render_reference()) != std::string::npos);
}

TEST_CASE("rulesets/otel.rules.schema.json is the schema that the loader's tables make") {
  auto schema = otel::base::read_file("rulesets/otel.rules.schema.json");
  CHECK(schema == otel::rules::render_schema());
}
