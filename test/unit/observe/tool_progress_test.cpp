// SPDX-License-Identifier: Apache-2.0
#include "observe/tool_progress.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/scratch_directory.h"
#include "observe/tool_record.h"

#include "catch.h"

namespace otel::observe {
namespace {

gotool::GoCommand parse(const std::vector<std::string>& arguments) {
  return gotool::parse_go_command(arguments).value();
}

// A tool process's view of the record.
class Tool {
 public:
  explicit Tool(const base::Path& record) : fd_(::open(record.c_str(), O_RDWR | O_APPEND)) {}
  ~Tool() { ::close(fd_); }
  void say(const std::string& line) { REQUIRE(::write(fd_, line.data(), line.size()) > 0); }
  bool may_print() const {
    bool free = ::flock(fd_, LOCK_SH | LOCK_NB) == 0;
    if (free) ::flock(fd_, LOCK_UN);
    return free;
  }

 private:
  int fd_;
};

// A build with a record, which a tool writes and the line's text reads.
struct Watched {
  Watched() { write_empty_record(record, parse({"build", "."})); }

  ScratchDirectory scratch;
  base::Path record = scratch / "record";
};

TEST_CASE("which builds print nothing before they are done") {
  CHECK(is_silent_build(gotool::make_build_request(parse({"build", "./..."}), "")));
  CHECK(is_silent_build(gotool::make_build_request(parse({"build", "-x=false", "."}), "")));
  CHECK(is_silent_build(gotool::make_build_request(parse({"test", "-c"}), "")));
  CHECK(is_silent_build(gotool::make_build_request(parse({"run", ".", "-v"}), "")));
  CHECK_FALSE(is_silent_build(gotool::make_build_request(parse({"build", "-x"}), "")));
  CHECK_FALSE(is_silent_build(gotool::make_build_request(parse({"build", "."}), "-v")));
  CHECK_FALSE(is_silent_build(gotool::make_build_request(parse({"test", "-json"}), "")));
  CHECK_FALSE(is_silent_build(gotool::make_build_request(parse({"test", "./..."}), "")));
  CHECK_FALSE(is_silent_build(gotool::make_build_request(parse({"test", "./a", "./b"}), "")));
}

TEST_CASE("the text tells what is woven, else what began last, and only while a tool runs") {
  Watched build;
  Tool tool(build.record);
  auto text = tool_text(build.record);
  CHECK_FALSE(text->next());
  tool.say("begin\tcompile\tp\t\n");
  CHECK(text->next() == "0 packages compiled, compiling p");
  tool.say("begin\tcompile\tq\twoven\nbegin\tasm\tr\t\n");
  CHECK(text->next() == "0 packages compiled, weaving q");
  tool.say("compile\tq\t1\t2\t1\t0\t0\nbegin\tli");
  CHECK(text->next() == "1 package compiled, compiling r");
  tool.say("nk\tmain\t\n");
  CHECK(text->next() == "1 package compiled, linking main");
  tool.say("compile\tp\t1\t2\t0\t0\t0\nasm\tr\t1\t2\t0\t0\t0\nlink\tmain\t1\t2\t0\t0\t9\n");
  CHECK_FALSE(text->next());
}

TEST_CASE("a tool prints only when the line is erased, and after that there is none") {
  Watched build;
  Tool tool(build.record);
  auto text = tool_text(build.record);
  CHECK(tool.may_print());
  tool.say("begin\tcompile\tp\t\n");
  CHECK(text->next());
  CHECK_FALSE(tool.may_print());
  CHECK_FALSE(text->is_over());
  tool.say("quiet\nbegin\tcompile\tq\t\n");
  CHECK_FALSE(text->next());
  CHECK(text->is_over());
  text->erased();
  CHECK(tool.may_print());
  tool.say("begin\tcompile\tr\t\n");
  CHECK_FALSE(text->next());
}

TEST_CASE("there is no line while the C compiler runs") {
  Watched build;
  Tool tool(build.record);
  auto text = tool_text(build.record);
  tool.say("begin\tcompile\tp\t\nbegin\tcgo\tc\t\n");
  CHECK_FALSE(text->next());
  tool.say("cgo\tc\t1\t2\t0\t0\t0\n");
  CHECK_FALSE(text->next());
  tool.say("begin\tcompile\tc\t\n");
  CHECK(text->next() == "0 packages compiled, compiling c");
}

TEST_CASE("what is linked to be run ends the line, what is linked to be kept doesn't") {
  ScratchDirectory scratch;
  for (const auto* subcommand : {"run", "test", "build"}) {
    CAPTURE(subcommand);
    auto record = scratch / subcommand;
    write_empty_record(record, parse({subcommand, "."}));
    auto text = tool_text(record);
    Tool(record).say("begin\tcompile\tp\t\n");
    end_tool_run(record, {"link", "main", 1, 0, 0, 0, 0}, false);
    CHECK(text->next().has_value() == (std::string(subcommand) == "build"));
  }
}

}  // namespace
}  // namespace otel::observe
