// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_heads.h"

#include "base/embedded.h"
#include "base/files.h"

#include "catch.h"

namespace otel::rules {
namespace {

TEST_CASE("the heads of all embedded rule files are what their YAML says") {
  std::size_t files = 0;
  for (const auto& file : base::embedded_files()) {
    if (!file.path.starts_with("rulesets/") || !file.path.ends_with(".yaml")) continue;
    CAPTURE(std::string(file.path));
    ++files;
    auto read = [&](const std::string& relative) -> std::optional<std::string> {
      auto text = base::find_embedded((base::Path(file.path).parent_path() / relative).string());
      return text ? std::optional<std::string>(*text) : std::nullopt;
    };
    auto whole = parse_rule_file(std::string(file.path), file.text, read);
    auto heads = scan_rule_heads(std::string(file.path), file.text);
    // What is decided before the rest is read.
    CHECK(whole.disable.empty());
    CHECK(whole.trust.empty());
    REQUIRE(heads.rules.size() == whole.rules.size());
    for (std::size_t i = 0; i < whole.rules.size(); ++i) {
      const auto& rule = whole.rules[i];
      const auto& head = heads.rules[i];
      CAPTURE(rule.name);
      CHECK(rule.body);
      CHECK_FALSE(head.body);
      CHECK(head.name == rule.name);
      CHECK(head.library == rule.library);
      CHECK(head.hooks == rule.hooks);
      CHECK(head.package == rule.package);
      CHECK(head.support == rule.support);
      CHECK(head.overrides == rule.overrides);
      CHECK(head.place.file == rule.place.file);
      CHECK(head.place.line == rule.place.line);
      CHECK(head.place.column == rule.place.column);
    }
  }
  CHECK(files > 20);
}

TEST_CASE("a package in a nested map is not the rule's") {
  auto file =
      scan_rule_heads("x.yaml",
                      "library: x\nrules:\n  - name: a\n    kind: function\n    package: p/q\n"
                      "    where:\n      package: other\n# package: none\n  - name: b\n    kind: wrap\n");
  REQUIRE(file.rules.size() == 2);
  CHECK(file.rules[0].package == "p/q");
  CHECK(file.rules[1].package.empty());
}

}  // namespace
}  // namespace otel::rules
