// SPDX-License-Identifier: Apache-2.0
//
// What was woven into one binary, as text that is embedded in the binary and printed by `otel version -m`. It
// contains no path, so it doesn't depend on where the binary was built.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/package_plan.h"

namespace otel::plan {

struct WovenRule {
  std::string rule;
  std::string package;
  std::string version;  // of the package's module, or of Go for the standard library; may be empty
};

struct WovenText {
  std::string otel;           // version of otel
  std::string opentelemetry;  // version of the OpenTelemetry modules
  std::vector<WovenRule> rules;
};

// Names of the rules in a plan, sorted, each once.
std::vector<std::string> rule_names(const PackagePlan& plan);

// Between two marks by which it is found.
std::string render_woven_text(const WovenText& text);

// The first such text in a binary's bytes; nothing if there is none.
std::optional<WovenText> find_woven_text(std::string_view bytes);

}  // namespace otel::plan
