// SPDX-License-Identifier: Apache-2.0
#include "gotool/cover_command.h"

#include "catch.h"

namespace otel::gotool {
namespace {

TEST_CASE("a cover that rewrites a package") {
  auto command =
      parse_cover_command({"/go/pkg/tool/linux_amd64/cover", "-pkgcfg", "/w/b001/pkgcfg.txt", "-mode", "set",
                           "-var", "v", "-outfilelist", "/w/b001/out.txt", "/a/x.go", "/a/y.go"});
  REQUIRE(command);
  CHECK(command->arguments[command->output_list] == "/w/b001/out.txt");
  CHECK(command->work_directory() == "/w/b001");
  CHECK(command->arguments.size() == 11);
  CHECK(command->arguments[command->first_file] == "/a/x.go");
}

TEST_CASE("the list of outputs is no file to rewrite, whatever it is called") {
  auto command = parse_cover_command({"cover", "-outfilelist", "/w/out.go"});
  REQUIRE(command);
  CHECK(command->first_file == 3);
}

TEST_CASE("what is no such cover") {
  CHECK_FALSE(parse_cover_command({}));
  CHECK_FALSE(parse_cover_command({"/go/pkg/tool/cover", "-V=full"}));
  CHECK_FALSE(parse_cover_command({"/go/pkg/tool/cover", "-mode=set", "a.go"}));
  CHECK_FALSE(parse_cover_command({"/go/pkg/tool/compile", "-outfilelist", "o", "a.go"}));
  CHECK_FALSE(parse_cover_command({"/go/pkg/tool/cover", "-outfilelist"}));
}

}  // namespace
}  // namespace otel::gotool
