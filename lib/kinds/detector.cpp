// SPDX-License-Identifier: Apache-2.0
#include "kinds/detector.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
namespace {

using gocode::FoundFunction;

// As detect.Detector has them.
constexpr std::string_view kParameter = "\"context\".Context";
constexpr std::array<std::string_view, 3> kResults = {"*\"go.opentelemetry.io/otel/sdk/resource\".Resource",
                                                      "[]\"go.opentelemetry.io/otel/attribute\".KeyValue",
                                                      "map[string]string"};

bool is_detector(const GoPackage& hooks, const FoundFunction& found) {
  const auto& function = *found.function;
  auto type = [&](const syntax::Parameter& parameter) {
    return (parameter.variadic ? "..." : "") +
           gocode::canonical_type(*found.file, hooks.path, parameter.type);
  };
  return function.type_params.empty() && function.params.size() == 1 && function.results.size() == 2 &&
         type(function.params[0]) == kParameter && type(function.results[1]) == "error" &&
         std::find(kResults.begin(), kResults.end(), type(function.results[0])) != kResults.end();
}

}  // namespace

const KindFacts& DetectorRule::facts() {
  static const KindFacts kFacts = {
      .name = "detector",
      .description = "calls a function of the hooks when the program starts, for attributes of the resource",
      .keys = {{"detect", notation::KeyUse::Required, notation::KeyForm::Name,
                "function of the hooks, func(context.Context) and (*resource.Resource, error), "
                "([]attribute.KeyValue, error) or (map[string]string, error)"}},
      .for_program = true,
      .uses_hooks = true,
      .subject_key = "detect",
  };
  return kFacts;
}

DetectorRule DetectorRule::read(const RuleReader& in) {
  return {{}, in.text("detect")};
}

std::string DetectorRule::missing(const GoPackage& package) const {
  return fmt::format("package {} has no function {}", package.path, detect);
}

void DetectorRule::match(const RuleHead& rule, PackageMatch& into) const {
  const auto& hooks = into.sources.read_hooks();
  auto found = gocode::require_function(hooks, detect, rule.name, rule.place_of("detect"));
  auto place = found.file->source.place(found.function->name.span);
  if (detect.front() < 'A' || detect.front() > 'Z')
    throw base::Error(fmt::format("function {} of rule {} is not exported", detect, rule.name)).at(place);
  if (!is_detector(hooks, found))
    throw base::Error(fmt::format("function {} of rule {} is not a detector", detect, rule.name))
        .at(place)
        .hint(
            "which is func(context.Context) (*resource.Resource, error), or with []attribute.KeyValue or "
            "map[string]string as its first result");
  into.matched.detectors[rule.name] = {rule.hooks, detect};
  into.matched.outcomes.push_back({rule.name, fmt::format("{}:{}", place.file, place.line), "", false});
}

}  // namespace otel::kinds
