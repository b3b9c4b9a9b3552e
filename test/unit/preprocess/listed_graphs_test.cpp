// SPDX-License-Identifier: Apache-2.0
#include "preprocess/listed_graphs.h"

#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::preprocess {
namespace {

// A go that lists one package, with a file that its answers depend on.
struct Listing {
  ScratchDirectory directory;
  gotool::Toolchain toolchain;
  base::Path cache;
  std::string more;  // facts of the package
  int asked = 0;

  Listing() {
    toolchain.directory = directory / "app";
    cache = directory / "cache";
    base::write_file(directory / "app/main.go", "package main\n");
    toolchain.run = [this](const base::Command& command) {
      ++asked;
      return base::ProcessResult{0,
                                 "package " + command.arguments.back() + "\nname main\ndirectory " +
                                     toolchain.directory.string() + "\n" + more,
                                 ""};
    };
  }

  // What an analysis lists: `arguments` one by one. The import path of the last.
  std::string analyse(const std::vector<std::string>& arguments) {
    gotool::GoCommand command{"build", {}, {arguments[0]}};
    ListedGraphs listed(toolchain, OwnCache(cache), command);
    std::string path;
    bool broken = false;
    for (const auto& argument : arguments) {
      command.arguments = {argument};
      auto graph = listed.list(command);
      path = graph.packages.at(0).import_path;
      broken = broken || graph.broken;
    }
    plan::Inputs inputs;
    inputs.read_head(directory / "app/main.go");
    if (listed.earlier_inputs()) CHECK(listed.earlier_inputs()->render() == inputs.render());
    if (!broken) listed.keep(inputs);
    return path;
  }
};

TEST_CASE("go is asked again where what its answer was made of has changed") {
  struct {
    std::string what;
    void (*edit)(Listing&);
    int asked;
  } const cases[] = {
      {"nothing", [](Listing&) {}, 0},
      {"a body",
       [](Listing& now) { base::write_file(now.directory / "app/main.go", "package main\n\nfunc f() {}\n"); },
       0},
      {"an import",
       [](Listing& now) {
         base::write_file(now.directory / "app/main.go", "package main\n\nimport \"fmt\"\n");
       },
       2},
      {"the environment of go", [](Listing& now) { now.toolchain.env.all = "GOOS=plan9"; }, 2},
      {"a package's directory is gone",
       [](Listing& now) {
         now.more = "package gone\nname gone\ndirectory " + (now.directory / "gone").string() + "\n";
         base::write_file(now.directory / "gone/gone.go", "package gone\n");
         now.analyse({"other", "support"});
         std::filesystem::remove_all(now.directory / "gone");
         now.asked = 0;
         now.analyse({"other", "support"});
       },
       2},
      {"what is kept is no list of answers",
       [](Listing& now) {
         for (const auto& file : std::filesystem::directory_iterator(now.cache / "graphs"))
           base::write_file(file.path(), "inputs 99\nnonsense");
       },
       2},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    Listing now;
    CHECK(now.analyse({".", "support"}) == "support");
    CHECK(now.asked == 2);
    now.asked = 0;
    c.edit(now);
    CHECK(now.analyse({".", "support"}) == "support");
    CHECK(now.asked == c.asked);
  }
}

TEST_CASE("another question is added to the answers") {
  Listing now;
  now.analyse({"."});
  now.analyse({".", "support"});
  CHECK(now.asked == 2);
  CHECK(now.analyse({".", "support"}) == "support");
  CHECK(now.analyse({"."}) == ".");
  CHECK(now.asked == 2);
}

TEST_CASE("what go can't load is asked each time") {
  Listing now;
  now.more = "error\n";
  now.analyse({"."});
  now.analyse({"."});
  CHECK(now.asked == 2);
}

}  // namespace
}  // namespace otel::preprocess
