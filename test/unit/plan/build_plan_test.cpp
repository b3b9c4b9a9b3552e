// SPDX-License-Identifier: Apache-2.0
#include "plan/build_plan.h"

#include "base/text.h"

#include "catch.h"

namespace otel::plan {
namespace {

TEST_CASE("a build plan is what its text says") {
  BuildPlan plan;
  plan.flags = {{"toolexec", "/a b/otel toolexec"}, {"gcflags", "net/http=-otel=0123"}, {"overlay", ""}};
  plan.outcomes = {{"r", "/src/a.go:3", "", false, "l"}, {"s", "", "it is for\tv1\n", true, "", true}};
  plan.warnings = {"otel: warning: \\t"};
  auto text = render_build_plan(plan);
  CHECK(text ==
        "flag\ttoolexec\t/a b/otel toolexec\nflag\tgcflags\tnet/http=-otel=0123\nflag\toverlay\t\n"
        "rule\tr\t/src/a.go:3\t\t\tl\t\nrule\ts\t\tit is for\\tv1\\n\twarning\t\tabsent\n"
        "warning\totel: warning: \\\\t\n");
  auto parsed = parse_build_plan(text);
  REQUIRE(parsed);
  const auto& again = *parsed;
  CHECK(render_build_plan(again) == text);
  REQUIRE(again.outcomes.size() == 2);
  CHECK_FALSE(again.outcomes[0].is_warning);
  CHECK(again.outcomes[1].is_warning);
  CHECK(again.outcomes[0].library == "l");
  CHECK_FALSE(again.outcomes[0].is_absent);
  CHECK(again.outcomes[1].is_absent);
  CHECK(again.outcomes[1].reason == "it is for\tv1\n");
  CHECK(again.warnings == plan.warnings);
  CHECK_FALSE(again.empty());
  CHECK(parse_build_plan("")->empty());
  for (const auto* wrong :
       {"nonsense\tx\n", "flag\tx\n", "flag\n", "rule\tr\tx\n", "warning\ta\tb\n", "\t\n"})
    CHECK_FALSE(parse_build_plan(wrong));
}

TEST_CASE("a plan's flags stand behind the user's; those of one value replace them") {
  auto command =
      gotool::parse_go_command({"build", "-race", "-gcflags=-N", "-overlay=mine", "-o", "x", "./a"});
  REQUIRE(command);
  BuildPlan plan;
  plan.flags = {{"overlay", "ours"}, {"gcflags", "p=-N -otel=1"}, {"trimpath", "true"}};
  CHECK(base::join(apply_build_plan(*command, plan).command_line(), " ") ==
        "build -race=true -gcflags=-N -o=x -overlay=ours -gcflags=p=-N -otel=1 -trimpath=true ./a");
  CHECK(apply_build_plan(*command, {}).command_line() == command->command_line());
}

}  // namespace
}  // namespace otel::plan
