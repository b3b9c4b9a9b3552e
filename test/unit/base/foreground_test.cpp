// SPDX-License-Identifier: Apache-2.0
#include "base/foreground.h"

#include <csignal>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/output_file.h"
#include "base/scratch_directory.h"

#include "catch.h"

namespace otel::base {
namespace {

int run_shell(const std::string& script) {
  return run_foreground({{"/bin/sh", "-c", script}, {}, {}});
}

// How a process ends that runs this.
template <typename Body>
int ending_of(Body body) {
  pid_t child = ::fork();
  if (child == 0) {
    body();
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST_CASE("exit statuses and deaths by a signal are mirrored") {
  for (const auto* script :
       {"exit 0", "exit 1", "exit 255", "kill -TERM $$", "kill -INT $$", "kill -KILL $$"}) {
    CAPTURE(script);
    auto status = run_shell(script);
    CHECK(ending_of([&] { end_as(status); }) == status);
  }
  CHECK(WTERMSIG(run_shell("kill -TERM $$")) == SIGTERM);
  CHECK(WEXITSTATUS(run_shell("exit 3")) == 3);
}

TEST_CASE("what otel alone is sent reaches the program, and only that ends it") {
  for (int signal : {SIGTERM, SIGHUP, SIGINT, SIGQUIT}) {
    CAPTURE(signal);
    auto script =
        fmt::format("trap 'exit 7' {}; kill -{} $PPID; while :; do sleep 0.01; done", signal, signal);
    CHECK(WEXITSTATUS(ending_of([&] { end_as(run_shell(script)); })) == 7);
  }
}

TEST_CASE("the program has the signals as they were before") {
  CHECK(WTERMSIG(run_shell("kill -INT $$; exit 0")) == SIGINT);
  int ignoring = ending_of([] {
    std::signal(SIGHUP, SIG_IGN);
    end_as(run_shell("kill -HUP $$; exit 5"));
  });
  CHECK(WEXITSTATUS(ignoring) == 5);
}

TEST_CASE("an output file is there before it is written, and goes if it never is") {
  ScratchDirectory scratch;
  {
    OutputFile file(scratch / "a");
    CHECK(read_stamp(scratch / "a"));
  }
  CHECK_FALSE(read_stamp(scratch / "a"));
  write_file(scratch / "b", "an old text that is longer");
  { OutputFile file(scratch / "b"); }
  CHECK(read_file(scratch / "b") == "an old text that is longer");
  {
    OutputFile file(scratch / "b");
    file.write("new");
  }
  CHECK(read_file(scratch / "b") == "new");
  {
    OutputFile file("/dev/null");
    file.write("gone");
  }
  auto none = scratch / "no/file";
  CHECK_THROWS_WITH(OutputFile(none), "cannot write " + none.string() + ": No such file or directory");
}

TEST_CASE("a device that is full says so") {
  if (!read_stamp("/dev/full")) return;  // Linux has it
  OutputFile file("/dev/full");
  CHECK_THROWS_WITH(file.write("x"), "cannot write /dev/full: No space left on device");
}

}  // namespace
}  // namespace otel::base
