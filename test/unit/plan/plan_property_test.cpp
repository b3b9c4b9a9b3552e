// SPDX-License-Identifier: Apache-2.0
//
// What holds for every plan: it means the same when it is written and read again, and half of it is none.
#include "plan/build_plan.h"
#include "plan/inputs.h"
#include "plan/overlay.h"
#include "plan/package_plan.h"
#include "plan/record.h"

#include "catch.h"
#include "random_text.h"

namespace otel::plan {
namespace {

constexpr int kRuns = 2'000;

rules::FunctionName random_function(RandomText& random) {
  static const std::vector<rules::FunctionName> kNames = {
      {"", false, "F"}, {"T", false, "M"}, {"T", true, "M"}, {"", false, "Größe"}};
  return random.one_of(kNames);
}

HookShape random_shape(RandomText& random) {
  static const std::vector<Pass> kPasses = {Pass::Omit, Pass::Value, Pass::Pointer, Pass::Boxed};
  HookShape shape;
  for (auto count = random.number(4); count > 0; --count) shape.parameters.push_back(random.one_of(kPasses));
  for (auto count = random.number(4); count > 0; --count) shape.results.push_back(random.one_of(kPasses));
  return shape;
}

PackagePlan random_package_plan(RandomText& random) {
  PackagePlan plan;
  auto text = [&] { return random.text(); };
  plan.package = text();
  if (random.coin()) plan.prefix = text();
  for (auto count = random.number(6); count > 0; --count) switch (random.number(7)) {
      case 0: {
        FunctionWeave weave{text(), text(), random_function(random), random_shape(random), random.coin(), {}};
        if (weave.has_after) weave.after = random_shape(random);
        plan.functions.push_back(weave);
        break;
      }
      case 1:
        plan.structs.push_back({text(), text(), text()});
        break;
      case 2:
        plan.files.push_back({text(), text(), text()});
        break;
      case 3:
        plan.calls.push_back({text(), random_function(random), text(), text()});
        break;
      case 4:
        plan.raws.push_back({text(), random_function(random),
                             random.coin() ? rules::RawPosition::Entry : rules::RawPosition::Return, text()});
        break;
      case 5:
        plan.wraps.push_back({text(), text(), text(), text(), text()});
        break;
      default:
        plan.values.push_back({text(), text(), text()});
    }
  return plan;
}

BuildPlan random_build_plan(RandomText& random) {
  BuildPlan plan;
  for (auto count = random.number(4); count > 0; --count)
    plan.flags.push_back({random.text(), random.text()});
  for (auto count = random.number(4); count > 0; --count) plan.arguments.push_back(random.text());
  for (auto count = random.number(4); count > 0; --count)
    plan.outcomes.push_back({random.text(), random.text(), random.text(), random.coin()});
  for (auto count = random.number(4); count > 0; --count) plan.warnings.push_back(random.text());
  return plan;
}

TEST_CASE("every plan of a package is what its text says") {
  RandomText random;
  for (int run = 0; run < kRuns; ++run) {
    auto plan = random_package_plan(random);
    auto text = render_package_plan(plan);
    CAPTURE(text);
    auto again = parse_package_plan(text);
    REQUIRE(render_package_plan(again) == text);
    REQUIRE(again.package == plan.package);
    REQUIRE(again.prefix == plan.prefix);
    REQUIRE(again.functions.size() == plan.functions.size());
    for (std::size_t i = 0; i < plan.functions.size(); ++i) {
      REQUIRE(again.functions[i].function == plan.functions[i].function);
      REQUIRE(again.functions[i].before == plan.functions[i].before);
      REQUIRE(again.functions[i].has_after == plan.functions[i].has_after);
      REQUIRE(again.functions[i].after == plan.functions[i].after);
    }
    REQUIRE(again.files.size() == plan.files.size());
    for (std::size_t i = 0; i < plan.files.size(); ++i) REQUIRE(again.files[i].text == plan.files[i].text);
  }
}

TEST_CASE("every plan of a build is what its text says") {
  RandomText random;
  for (int run = 0; run < kRuns; ++run) {
    auto plan = random_build_plan(random);
    auto text = render_build_plan(plan);
    CAPTURE(text);
    auto again = parse_build_plan(text);
    REQUIRE(again);
    REQUIRE(render_build_plan(*again) == text);
    REQUIRE(again->arguments == plan.arguments);
    REQUIRE(again->warnings == plan.warnings);
    REQUIRE(again->flags.size() == plan.flags.size());
    for (std::size_t i = 0; i < plan.flags.size(); ++i) {
      REQUIRE(again->flags[i].name == plan.flags[i].name);
      REQUIRE(again->flags[i].value == plan.flags[i].value);
    }
  }
}

TEST_CASE("a record that is cut anywhere, or has another byte anywhere, is none") {
  RandomText random;
  for (int run = 0; run < 20; ++run) {
    auto record = render_record({{"plan", render_build_plan(random_build_plan(random))}, {"inputs", "x\n"}});
    REQUIRE(parse_record(record));
    for (std::size_t at = 0; at < record.size(); ++at) {
      CAPTURE(record, at);
      REQUIRE_FALSE(parse_record(record.substr(0, at)));
      auto damaged = record;
      damaged[at] = static_cast<char>(damaged[at] ^ 1);
      REQUIRE_FALSE(parse_record(damaged));
    }
    REQUIRE_FALSE(parse_record(record + record));
  }
}

TEST_CASE("every overlay is what its text says") {
  RandomText random;
  for (int run = 0; run < kRuns; ++run) {
    Overlay overlay;
    for (auto count = random.number(4); count > 0; --count) {
      auto name = std::to_string(count);
      overlay["/p\xff/" + name + (random.coin() ? "é\"\\\t" : "")] = random.coin() ? "/cache/" + name : "";
    }
    CAPTURE(overlay);
    REQUIRE(parse_overlay("o.json", render_overlay(overlay, "/p\xff/app"), "/elsewhere") == overlay);
  }
}

}  // namespace
}  // namespace otel::plan
