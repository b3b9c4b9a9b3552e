// SPDX-License-Identifier: Apache-2.0
#include "plan/record.h"

#include "base/digest.h"

#include "catch.h"

namespace otel::plan {
namespace {

const Sections kSections = {{"empty", ""}, {"plan", "flag\tx\n\nend 5\n"}, {"raw", std::string("\0\xff", 2)}};

TEST_CASE("a record is what was put into it") {
  CHECK(parse_record(render_record(kSections)) == kSections);
  CHECK(parse_record(render_record({})) == Sections());
}

TEST_CASE("a record that is short, long or differs in any byte is none") {
  const auto record = render_record(kSections);
  for (std::size_t size = 0; size < record.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(parse_record(record.substr(0, size)));
    CHECK_FALSE(parse_record(record.substr(record.size() - size)));
    auto changed = record;
    changed[size] = static_cast<char>(changed[size] ^ 1);
    CHECK_FALSE(parse_record(changed));
  }
  CHECK_FALSE(parse_record(record + "\n"));
  CHECK_FALSE(parse_record(record + record));
}

TEST_CASE("a digest alone makes no record") {
  for (std::string body : {"plan", "plan 3\nab", "plan x\n", "plan -1\n", "plan 99999999999999999999\n",
                           " 1\n", "plan 1\naplan 1\nb", "plan\n1 ", "plan 1 \na"}) {
    CAPTURE(body);
    CHECK_FALSE(parse_record(body + "end " + base::short_digest(body) + "\n"));
  }
}

}  // namespace
}  // namespace otel::plan
