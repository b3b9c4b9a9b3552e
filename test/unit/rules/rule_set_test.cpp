// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_set.h"

#include "base/error.h"

#include "catch.h"

namespace otel::rules {
namespace {

// One file with a rule for each name; "!name" overrides.
RuleFile file(const std::string& name, Origin origin, const std::vector<std::string>& names,
              const std::string& disable = "[]") {
  std::string text = "library: " + name + "\ndisable: " + disable + "\nrules:\n";
  for (const auto& rule : names)
    text += "- {name: " + rule.substr(rule[0] == '!' ? 1 : 0) +
            ", kind: struct, package: p, struct: S, field: a int" +
            (rule[0] == '!' ? ", override: true" : "") + "}\n";
  if (names.empty()) text += "  []\n";
  auto parsed = parse_rule_file(name + ".yaml", text, [](const std::string&) { return std::nullopt; });
  parsed.origin = origin;
  for (auto& rule : parsed.rules) {
    rule.origin = origin;
    if (origin == Origin::Dependency) rule.module = "example.com/" + name;
  }
  return parsed;
}

// "a b(overridden at x.yaml:4)"
std::string merged(const std::vector<RuleFile>& files) {
  std::string text;
  for (const auto& rule : merge_rule_files(files))
    text += (text.empty() ? "" : " ") + rule.name +
            (rule.inactive_reason.empty() ? "" : "(" + rule.inactive_reason + ")");
  return text;
}

std::string error_of(const std::vector<RuleFile>& files) {
  try {
    merge_rule_files(files);
  } catch (const base::Error& error) {
    return error.render().substr(0, error.render().find('\n'));
  }
  return "no error";
}

TEST_CASE("sources merge") {
  auto built_in = file("std", Origin::BuiltIn, {"a", "b"});
  CHECK(merged({built_in, file("mine", Origin::Named, {"c"})}) == "a b c");
  CHECK(merged({built_in, file("mine", Origin::Project, {"!b"})}) == "a b(overridden at mine.yaml:4) b");
  CHECK(merged({built_in, file("mine", Origin::Project, {"!b"}), file("more", Origin::Named, {"!b"})}) ==
        "a b(overridden at mine.yaml:4) b(overridden at more.yaml:4) b");
  CHECK(merged({built_in, file("mine", Origin::Project, {}, "[a]")}) == "a(disabled at mine.yaml:2) b");
  CHECK(merged({built_in, file("mine", Origin::Project, {"c"}, "[std]")}) ==
        "a(disabled at mine.yaml:2) b(disabled at mine.yaml:2) c");
}

TEST_CASE("a dependency adds rules and decides nothing else") {
  auto built_in = file("std", Origin::BuiltIn, {"a"});
  CHECK(merged({built_in, file("sdk", Origin::Dependency, {"s"}, "[a]")}) == "a s");
  CHECK(merged({built_in, file("sdk", Origin::Dependency, {}, "[a]")}) == "a");
  CHECK(merged({built_in, file("sdk", Origin::Dependency, {"!a"})}) ==
        "a a(a dependency's rules can't override others)");
  CHECK(merged({file("sdk", Origin::Dependency, {"s"}),
                file("mine", Origin::Project, {}, "[example.com/sdk]")}) == "s(disabled at mine.yaml:2)");
  // The module may be in another build.
  CHECK(merged({built_in, file("mine", Origin::Project, {}, "[example.com/other]")}) == "a");
}

TEST_CASE("what a dependency calls its rules stops nothing") {
  auto built_in = file("std", Origin::BuiltIn, {"a"});
  auto one = file("one", Origin::Dependency, {"a", "x", "x"}),
       two = file("two", Origin::Dependency, {"x", "y"});
  auto mine = file("mine", Origin::Project, {"y", "!a"});
  CHECK(merged({built_in, one, two, mine}) ==
        "a(overridden at mine.yaml:5) example.com/one:a x example.com/one:x example.com/two:x "
        "example.com/two:y y a");
  auto thrice = file("one", Origin::Dependency, {"x", "x", "x"});
  CHECK(merged({thrice}) == "x example.com/one:x example.com/one:x(duplicate rule in its file)");
}

TEST_CASE("what can't be merged") {
  auto built_in = file("std", Origin::BuiltIn, {"a", "bee"});
  CHECK(error_of({built_in, file("mine", Origin::Project, {"a"})}) ==
        "mine.yaml:4:10: duplicate rule a; the other rule is at std.yaml:4; rename it, or set "
        "\"override: true\" to replace the other");
  CHECK(error_of({file("mine", Origin::Project, {"a", "!a"})}) ==
        "mine.yaml:5:10: duplicate rule a; the other rule is at mine.yaml:4");
  CHECK(error_of({built_in, file("mine", Origin::Project, {"!be"})}) ==
        "mine.yaml:4:75: rule be overrides nothing; did you mean \"bee\"?");
  CHECK(error_of({built_in, file("mine", Origin::Project, {}, "[stt]")}) ==
        "mine.yaml:2:11: unknown rule or library \"stt\"; did you mean \"std\"?");
}

TEST_CASE("sources for people") {
  CHECK(source_text(file("std", Origin::BuiltIn, {"a"}).rules[0]) == "built in");
  CHECK(source_text(file("sdk", Origin::Dependency, {"a"}).rules[0]) == "module example.com/sdk");
  CHECK(source_text(file("mine", Origin::Named, {"a"}).rules[0]) == "mine.yaml");
  CHECK(is_module_path("example.com/sdk"));
  CHECK_FALSE(is_module_path("net/http"));
}

}  // namespace
}  // namespace otel::rules
