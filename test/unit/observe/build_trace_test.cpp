// SPDX-License-Identifier: Apache-2.0
#include "observe/build_trace.h"

#include "observe/build_report.h"

#include "catch.h"

namespace otel::observe {
namespace {

BuildRecord make_record() {
  BuildRecord record;
  record.command = "go build -ldflags=<\"x\">";
  record.ending = "exit status 0";
  record.succeeded = true;
  record.begin_us = 1000;
  record.go_begin_us = 1500;
  record.end_us = 9000;
  record.stages = {{"select rules", 1000, 1200}};
  record.tools = {{"compile", "p", 2000, 4000, 300, 0, 0},
                  {"compile", "q", 3000, 5000, 0, 0, 0},
                  {"link", "q", 5000, 8000, 0, 0, 2'500'000}};
  record.packages = {{"p", {"first", "second"}}};
  record.plan.flags = {{"overlay", "x"}};
  record.plan.outcomes = {{"first", "p.go:3", ""}, {"third", "", "q is <not> in this build"}};
  return record;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a trace has go's events, stages and tools, and marks what is woven") {
  auto trace = render_build_trace(
      make_record(),
      "[\n{\"name\":\"Executing action (build p)\",\"ph\":\"B\",\"ts\":1.5,\"pid\":0,\"tid\":1}\n"
      ",{\"name\":\"Executing action (build p)\",\"ph\":\"E\",\"ts\":2.5,\"pid\":0,\"tid\":1}\n"
      ",{\"name\":\"Executing action (build q)\",\"ph\":\"B\",\"ts\":3,\"pid\":0,\"tid\":1}\n"
      ",{\"name\":\"cut sho");
  CHECK(trace.starts_with("[\n{"));
  CHECK(trace.ends_with("}\n]\n"));
  CHECK(has(
      trace,
      R"_("name":"Executing action (build p)","ph":"B","ts":1.5,"pid":0,"tid":1,"args":{"otel":"woven"}})_"));
  CHECK(has(trace, R"_("name":"Executing action (build p)","ph":"E","ts":2.5,"pid":0,"tid":1})_"));
  CHECK(has(trace, R"_("name":"Executing action (build q)","ph":"B","ts":3,"pid":0,"tid":1})_"));
  CHECK_FALSE(has(trace, "cut sho"));
  CHECK(has(trace, R"_("name":"select rules","ph":"X","ts":1000,"dur":200,"pid":1)_"));
  CHECK(has(
      trace,
      R"_("name":"compile p","ph":"X","ts":2000,"dur":2000,"pid":2,"tid":0,"args":{"status":0,"otel":"woven","weaving_us":300,"rules":["first","second"]}})_"));
  CHECK(has(trace, R"_("name":"weave p","ph":"X","ts":2000,"dur":300,"pid":2,"tid":0)_"));
  // Beside p; link follows it in the first row.
  CHECK(has(trace, R"_("name":"compile q","ph":"X","ts":3000,"dur":2000,"pid":2,"tid":1)_"));
  CHECK(has(
      trace,
      R"_("name":"link q","ph":"X","ts":5000,"dur":3000,"pid":2,"tid":0,"args":{"status":0,"binary_bytes":2500000}})_"));
  CHECK(has(trace, R"_("name":"go build -ldflags=<\"x\">")_"));
}

TEST_CASE("a trace without go's events is a trace") {
  auto trace = render_build_trace(make_record(), "");
  CHECK(trace.ends_with("}\n]\n"));
  CHECK_FALSE(has(trace, ",\n]"));
}

TEST_CASE("a report says what was woven, what was left, and what it cost") {
  auto page = render_build_report(make_record());
  CHECK(has(page, "<h1>otel go build -ldflags=&lt;&quot;x&quot;&gt;</h1>"));
  CHECK(has(page, "<td><code>first</code></td><td><code>p</code> </td><td><code>p.go:3</code></td>"));
  CHECK(has(page, "<td>q is &lt;not&gt; in this build</td><td><code>third</code></td>"));
  CHECK(has(page, "<dt>packages compiled</dt><dd>2</dd>"));
  CHECK(has(page, "<dt>of them woven</dt><dd>1</dd>"));
  CHECK(has(page, "<dt>woven compiles</dt><dd>2 ms</dd>"));
  CHECK(has(page, "<dt>1 binary</dt><dd>2.5 MB</dd>"));
}

TEST_CASE("a report of a build without a plan says why") {
  auto record = make_record();
  record.plan = {};
  CHECK(has(render_build_report(record), "This build is what plain go does."));
  record.loaded = false;
  CHECK(has(render_build_report(record), "go could not load the packages"));
}

}  // namespace
}  // namespace otel::observe
