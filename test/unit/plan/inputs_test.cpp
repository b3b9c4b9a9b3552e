// SPDX-License-Identifier: Apache-2.0
#include "plan/inputs.h"

#include <fcntl.h>
#include <functional>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::plan {
namespace {

using base::Path;
using base::write_file;

constexpr std::string_view kGo = "package p\n\nimport (\n\t\"fmt\"\n)\n\nfunc F() { fmt.Println(1) }\n";

std::string changed(std::string_view text, const std::string& from, const std::string& to) {
  std::string edited(text);
  return edited.replace(edited.find(from), from.size(), to);
}

// Another time stamp, as an edit later on has.
void touch(const Path& path) {
  timespec later[2] = {{2'000'000'000, 0}, {2'000'000'000, 0}};
  REQUIRE(::utimensat(AT_FDCWD, path.c_str(), later, 0) == 0);
}

void rewrite(const Path& path, const std::string& text) {
  write_file(path, text);
  touch(path);
}

TEST_CASE("what the next build finds changed") {
  struct {
    std::string what;
    std::function<void(const Path&)> edit;
    bool unchanged;
  } const cases[] = {
      {"nothing", [](const Path&) {}, true},
      {"touched", [](const Path& at) { touch(at / "whole"), touch(at / "a.go"), touch(at); }, true},
      {"the whole file", [](const Path& at) { rewrite(at / "whole", "other"); }, false},
      {"the whole file, at the same length", [](const Path& at) { rewrite(at / "whole", "TEXT"); }, false},
      {"the whole file removed", [](const Path& at) { std::filesystem::remove(at / "whole"); }, false},
      {"a body", [](const Path& at) { rewrite(at / "a.go", changed(kGo, "(1)", "(2)")); }, true},
      {"a directive for a tool",
       [](const Path& at) { rewrite(at / "a.go", changed(kGo, "func F", "//otel:span\nfunc F")); }, false},
      {"a directive for go and a comment",
       [](const Path& at) {
         rewrite(at / "a.go", changed(kGo, "func F", "// see: there\n//go:noinline\nfunc F"));
       },
       true},
      {"an import", [](const Path& at) { rewrite(at / "a.go", changed(kGo, "\"fmt\"", "f \"fmt\"")); },
       false},
      {"an import added",
       [](const Path& at) { rewrite(at / "a.go", changed(kGo, "\"fmt\"", "\"fmt\"\n\"io\"")); }, false},
      {"a constraint", [](const Path& at) { rewrite(at / "a.go", "//go:build x\n\n" + std::string(kGo)); },
       false},
      {"the package's name",
       [](const Path& at) { rewrite(at / "a.go", changed(kGo, "package p", "package q")); }, false},
      {"a body that no longer parses",
       [](const Path& at) { rewrite(at / "a.go", changed(kGo, "func F", "fun F")); }, false},
      {"a Go file removed", [](const Path& at) { std::filesystem::remove(at / "a.go"); }, false},
      {"a Go file added", [](const Path& at) { write_file(at / "new.go", "package p\n"); }, false},
      {"an assembly file added", [](const Path& at) { write_file(at / "new.s", ""); }, false},
      {"a go.mod added", [](const Path& at) { write_file(at / "go.mod", ""); }, false},
      {"a directory added", [](const Path& at) { std::filesystem::create_directory(at / "new"); }, false},
      {"files that go doesn't build added",
       [](const Path& at) {
         write_file(at / "x.txt", ""), write_file(at / "_x.go", ""), write_file(at / ".x.go", "");
       },
       true},
      {"a file in a directory", [](const Path& at) { write_file(at / "sub/new.go", ""); },
       true},  // it isn't read
      {"a directory in the place of a file",
       [](const Path& at) {
         std::filesystem::remove(at / "whole");
         std::filesystem::create_directory(at / "whole");
       },
       false},
      {"something that was absent", [](const Path& at) { std::filesystem::create_directory(at / ".git"); },
       false},
      {"a file that was absent", [](const Path& at) { write_file(at / "sub/absent", ""); }, false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    ScratchDirectory directory;
    write_file(directory / "whole", "text");
    write_file(directory / "a.go", kGo);
    write_file(directory / "sub/b.go", kGo);
    Inputs inputs;
    inputs.read_whole(directory / "whole");
    inputs.read_whole(directory / "sub/absent");
    inputs.read_head(directory / "a.go");
    inputs.read_directory(directory.path());
    inputs.read_presence(directory / ".git");
    inputs.read_presence(directory / "whole");
    auto rendered = inputs.render();
    c.edit(directory.path());
    CHECK(unchanged_inputs(rendered).has_value() == c.unchanged);
  }
}

TEST_CASE("a path may hold anything") {
  ScratchDirectory directory;
  auto path = directory / "a\tb\nc\\d";
  write_file(path, "x");
  Inputs inputs;
  inputs.read_whole(path);
  CHECK(unchanged_inputs(inputs.render()));
  rewrite(path, "y");
  CHECK_FALSE(unchanged_inputs(inputs.render()));
}

TEST_CASE("a file with another time and the same content is read once") {
  ScratchDirectory directory;
  write_file(directory / "a.go", kGo);
  Inputs inputs;
  set_age(directory / "a.go", 100);
  inputs.read_head(directory / "a.go");
  auto before = inputs.render();
  rewrite(directory / "a.go", std::string(kGo) + "\nfunc added() {}\n");
  auto now = unchanged_inputs(before);
  REQUIRE(now);
  CHECK(now->render() != before);
  Inputs anew;
  anew.read_head(directory / "a.go");
  CHECK(now->render() == anew.render());
}

TEST_CASE("the stamp of a file that was just written is not trusted") {
  ScratchDirectory directory;
  auto path = directory / "file";
  write_file(path, "old");
  auto stamp = *base::read_stamp(path);
  Inputs young;
  young.read_whole(path);
  auto same_stamp = [&](const std::string& text) {
    write_file(path, text);
    timespec then[2] = {{stamp.modified_ns / 1'000'000'000, stamp.modified_ns % 1'000'000'000}, {}};
    then[1] = then[0];
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), then, 0) == 0);
    REQUIRE(base::read_stamp(path) == stamp);
  };
  same_stamp("new");
  CHECK_FALSE(unchanged_inputs(young.render()));
  same_stamp("old");
  CHECK(unchanged_inputs(young.render()));

  set_age(path, 3);
  stamp = *base::read_stamp(path);
  Inputs old_enough;
  old_enough.read_whole(path);
  same_stamp("new");  // nobody sees that but by reading
  CHECK(unchanged_inputs(old_enough.render()));
}

TEST_CASE("an edit during an analysis is noticed, and what otel wrote itself is none") {
  ScratchDirectory directory;
  write_file(directory / "old", "");
  set_age(directory / "old", 10);
  auto began = base::now_ns() - 5'000'000'000;
  Inputs inputs;
  inputs.read_whole(directory / "old");
  inputs.read_whole(directory / "none");
  write_file(directory / "made", "");
  inputs.read_generated(directory / "made");
  CHECK_FALSE(inputs.changed_since(began));
  Inputs more;
  write_file(directory / "edited", "");
  more.read_head(directory / "edited");
  inputs.add(more);
  CHECK(inputs.changed_since(began));
  CHECK(inputs.files_in(directory.path()) ==
        std::vector<Path>{directory / "old", directory / "none", directory / "made"});
  CHECK(inputs.files_in(directory / "no").empty());
}

TEST_CASE("a text that is no list of inputs counts as changed") {
  CHECK_FALSE(unchanged_inputs("nonsense\n"));
  CHECK_FALSE(unchanged_inputs("whole\t1.2\t3\n"));
  CHECK_FALSE(unchanged_inputs("hole\tabsent\tabsent\t/none\n"));
  CHECK(unchanged_inputs(Inputs().render()));
}

}  // namespace
}  // namespace otel::plan
