// SPDX-License-Identifier: Apache-2.0
#include "commands/woven_diff.h"

#include "catch.h"

namespace otel::commands {
namespace {

TEST_CASE("diffs of woven files") {
  CHECK(render_diff("a.go", "x\n", "x\n").empty());
  CHECK(render_diff("a.go", "x\ny\n", "x\nz\n") == "--- a/a.go\n+++ b/a.go\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n");
  CHECK(render_diff("/m/a.go", "x\n", "y\n") == "--- a/m/a.go\n+++ b/m/a.go\n@@ -1,1 +1,1 @@\n-x\n+y\n");
  // Lines of one change stand together, and lines at the end are added.
  CHECK(render_diff("a.go", "1\n2\n", "a\nb\n3\n") ==
        "--- a/a.go\n+++ b/a.go\n@@ -1,2 +1,3 @@\n-1\n-2\n+a\n+b\n+3\n");
  CHECK(render_diff("a.go", "1\n2\n3\n", "1\n") == "--- a/a.go\n+++ b/a.go\n@@ -1,3 +1,1 @@\n 1\n-2\n-3\n");
  CHECK(render_diff("a.go", std::nullopt, "x\n") == "--- /dev/null\n+++ b/a.go\n@@ -0,0 +1,1 @@\n+x\n");
  CHECK(render_diff("a.go", "x", "y\n") ==
        "--- a/a.go\n+++ b/a.go\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+y\n");
}

TEST_CASE("changes far apart are hunks of their own") {
  std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", after = before;
  after.replace(0, 1, "a");
  auto one = after;
  one.replace(one.find("8"), 1, "b");
  CHECK(render_diff("a", before, one) ==
        "--- a/a\n+++ b/a\n@@ -1,10 +1,10 @@\n-1\n+a\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+b\n 9\n 10\n");
  auto two = after;
  two.replace(two.find("9"), 1, "b");
  CHECK(render_diff("a", before, two) ==
        "--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-1\n+a\n 2\n 3\n 4\n@@ -6,5 +6,5 @@\n 6\n 7\n 8\n-9\n+b\n 10\n");
}

}  // namespace
}  // namespace otel::commands
