// SPDX-License-Identifier: Apache-2.0
#include "observe/tool_record.h"

#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::observe {
namespace {

TEST_CASE("which tool processes are recorded") {
  CHECK(is_tool_run({"/go/pkg/tool/linux_amd64/compile", "-o", "x"}));
  CHECK(is_tool_run({"/go/pkg/tool/linux_amd64/link", "-o", "x"}));
  CHECK_FALSE(is_tool_run({"/go/pkg/tool/linux_amd64/compile", "-V=full"}));
  CHECK_FALSE(is_tool_run({"gcc", "-###", "-x", "c"}));
}

TEST_CASE("a record holds each run as it was told, in the order of their beginnings") {
  ScratchDirectory scratch;
  auto file = scratch / "record";
  base::write_file(file, "");
  end_tool_run(file, {"link", "a\tb", 200, 0, 0, 0, 12345}, false);
  end_tool_run(file, {"compile", "p [p.test]", 100, 0, 7, 2, 0}, false);
  auto runs = parse_tool_runs(base::read_file(file) + "asm\tcut sho");
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].package == "p [p.test]");
  CHECK(runs[0].woven());
  CHECK(runs[0].weaving_us == 7);
  CHECK(runs[0].status == 2);
  CHECK(runs[0].end_us > 100);
  CHECK(runs[1].tool == "link");
  CHECK(runs[1].package == "a\tb");
  CHECK_FALSE(runs[1].woven());
  CHECK(runs[1].binary_bytes == 12345);
}

TEST_CASE("a record that is gone is nobody's trouble") {
  ScratchDirectory scratch;
  end_tool_run(scratch / "gone", {"link", "a", 1, 0, 0, 0, 0}, true);
  CHECK_FALSE(base::read_stamp(scratch / "gone"));
}

}  // namespace
}  // namespace otel::observe
