// SPDX-License-Identifier: Apache-2.0
//
// What holds for every plan: it means the same when it is written and read again, and half of it is none.
#include <tuple>
#include <utility>
#include <variant>

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

// A field of a weave, whatever kind it is of.
void fill(RandomText& random, std::string& field) {
  field = random.text();
}

void fill(RandomText& random, notation::FunctionName& field) {
  static const std::vector<notation::FunctionName> kNames = {
      {"", false, "F"}, {"T", false, "M"}, {"T", true, "M"}, {"", false, "Größe"}};
  field = random.one_of(kNames);
}

void fill(RandomText& random, gocode::HookShape& field) {
  using enum gocode::PassMode;
  static const std::vector<gocode::PassMode> kPasses = {Omit, Value, Pointer, Boxed};
  for (auto count = random.number(4); count > 0; --count) field.parameters.push_back(random.one_of(kPasses));
  for (auto count = random.number(4); count > 0; --count) field.results.push_back(random.one_of(kPasses));
}

void fill(RandomText& random, std::optional<gocode::HookShape>& field) {
  if (random.coin()) fill(random, field.emplace());
}

void fill(RandomText& random, kinds::RawPosition& field) {
  field = random.coin() ? kinds::RawPosition::Entry : kinds::RawPosition::Return;
}

void fill(RandomText& random, kinds::LiteralForm& field) {
  using enum kinds::LiteralForm;
  static const std::vector<kinds::LiteralForm> kForms = {Text, Field, Pointer, Boxed};
  field = random.one_of(kForms);
}

template <std::size_t... kKinds>
kinds::Weave random_weave(RandomText& random, std::index_sequence<kKinds...>) {
  kinds::Weave weave;
  const auto kind = random.number(sizeof...(kKinds));
  (void)((kind == kKinds && (weave.emplace<kKinds>(), true)) || ...);
  std::visit(
      [&]<typename W>(W& filled) {
        std::apply([&](auto&... fields) { (fill(random, fields), ...); }, W::fields(filled));
      },
      weave);
  return weave;
}

PackagePlan random_package_plan(RandomText& random) {
  constexpr std::make_index_sequence<std::variant_size_v<kinds::Weave>> kKinds;
  PackagePlan plan;
  plan.package = random.text();
  if (random.coin()) plan.prefix = random.text();
  for (auto count = random.number(6); count > 0; --count) plan.weaves.push_back(random_weave(random, kKinds));
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
    REQUIRE(again.weaves.size() == plan.weaves.size());
    for (std::size_t i = 0; i < plan.weaves.size(); ++i) {
      REQUIRE(again.weaves[i].index() == plan.weaves[i].index());
      std::visit(
          [&]<typename W>(const W& weave) {
            REQUIRE(W::fields(std::get<W>(again.weaves[i])) == W::fields(weave));
          },
          plan.weaves[i]);
    }
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
