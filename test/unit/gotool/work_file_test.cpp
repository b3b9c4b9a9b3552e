// SPDX-License-Identifier: Apache-2.0
#include "gotool/work_file.h"

#include "catch.h"

using namespace otel::gotool;

TEST_CASE("go.work") {
  std::string text =
      "go 1.25.0 // the release\n\nuse (\n\t./a\n\t\"./with space\"\n)\nuse ../b\n\n"
      "replace a.org/x => ./x\n\nreplace a.org/y v1.0.0 => b.org/y v1.1.0\n";
  auto file = parse_work_file(text);
  CHECK(file.go == "1.25.0");
  CHECK(file.directories == std::vector<std::string>{"./a", "./with space", "../b"});
  CHECK(with_absolute_directories(text, "/top/space") ==
        "go 1.25.0\nuse /top/space/a\nuse \"/top/space/with space\"\nuse /top/b\n"
        "replace a.org/x => /top/space/x\nreplace a.org/y v1.0.0 => b.org/y v1.1.0\n");
}
