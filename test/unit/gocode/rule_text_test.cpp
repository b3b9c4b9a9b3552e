// SPDX-License-Identifier: Apache-2.0
#include "gocode/rule_text.h"

#include <catch2/catch.hpp>

namespace otel::gocode {
namespace {

TEST_CASE("names of packages in a rule's text") {
  std::map<std::string, std::string> names = {{"time", "t0"}, {"sc", "t1"}};
  struct Case {
    std::string text, renamed;
  };
  for (const auto& c : std::vector<Case>{
           {"time.Now()", "t0.Now()"},
           {"f(time.Now, sc.Quote(x))", "f(t0.Now, t1.Quote(x))"},
           {"x.time.Now()", "x.time.Now()"},
           {"time := 1; f(time)", "time := 1; f(time)"},
           {"T{time: time.Second}", "T{time: t0.Second}"},
           {"/* time.Now */ f(\"time.Now\") // sc.Quote", "/* time.Now */ f(\"time.Now\") // sc.Quote"},
           {"time .\n\tNow()", "t0 .\n\tNow()"},
           {"lib.F($args, sc.Itoa($0))", "lib.F($args, t1.Itoa($0))"},
           {"", ""},
       }) {
    CAPTURE(c.text);
    CHECK(rename_qualifiers(c.text, names) == c.renamed);
    CHECK((has_qualifier(c.text, "time") || has_qualifier(c.text, "sc")) == (c.text != c.renamed));
  }
}

}  // namespace
}  // namespace otel::gocode
