// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_set.h"

#include <fmt/format.h>
#include <set>
#include <unordered_map>

#include "base/text.h"

namespace otel::rules {
namespace {

using base::Error;

std::string place_text(const base::Place& place) {
  return fmt::format("{}:{}", place.file, place.line);
}

[[noreturn]] void throw_twice(const Rule& rule, const Rule& other) {
  auto hint = fmt::format("the other rule is at {}", place_text(other.place));
  if (rule.place.file != other.place.file)
    hint += "; rename it, or set \"override: true\" to replace the other";
  throw Error(fmt::format("duplicate rule {}", rule.name)).at(rule.place).hint(hint);
}

// Rules while they come together, and which of them has a name.
class Merging {
 public:
  explicit Merging(std::size_t count) {
    rules_.reserve(count);
    names_.reserve(count);
  }

  void add(Rule rule) {
    auto known = names_.find(rule.name);
    if (rule.overrides && rule.origin == Origin::Dependency) {
      rule.inactive_reason = "a dependency's rules can't override others";
    } else if (rule.overrides) {
      if (known == names_.end())
        throw Error(fmt::format("rule {} overrides nothing", rule.name))
            .at(rule.place_of("override"))
            .hint(base::near_hint(rule.name, names()));
      auto& other = rules_[known->second];
      if (other.place.file == rule.place.file) throw_twice(rule, other);
      other.inactive_reason = fmt::format("overridden at {}", place_text(rule.place));
      known->second = rules_.size();
    } else if (known == names_.end()) {
      names_[rule.name] = rules_.size();
    } else if (rule.origin == Origin::Dependency) {
      take_long_name(rule, rules_.size());
    } else if (rules_[known->second].origin == Origin::Dependency) {
      take_long_name(rules_[known->second], known->second);
      names_[rule.name] = rules_.size();
    } else {
      throw_twice(rule, rules_[known->second]);
    }
    rules_.push_back(std::move(rule));
  }

  void disable(const DisableEntry& disabling) {
    bool known = is_module_path(disabling.name);
    for (auto& rule : rules_) {
      if (rule.name != disabling.name && rule.library != disabling.name && rule.module != disabling.name)
        continue;
      known = true;
      if (rule.inactive_reason.empty())
        rule.inactive_reason = fmt::format("disabled at {}", place_text(disabling.place));
    }
    if (known) return;
    auto candidates = names();
    for (const auto& rule : rules_) candidates.push_back(rule.library);
    throw Error(fmt::format("unknown rule or library \"{}\"", disabling.name))
        .at(disabling.place)
        .hint(base::near_hint(disabling.name, candidates));
  }

  std::vector<Rule> take() { return std::move(rules_); }

 private:
  // What a dependency calls its rules is no matter of anybody else's: where a name is taken, the module's
  // path is prepended.
  void take_long_name(Rule& rule, std::size_t index) {
    rule.name = fmt::format("{}:{}", rule.module, rule.name);
    bool first = names_.emplace(rule.name, index).second;
    if (!first && rule.inactive_reason.empty()) rule.inactive_reason = "duplicate rule in its file";
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, index] : names_) names.push_back(name);
    return names;
  }

  std::vector<Rule> rules_;
  std::unordered_map<std::string, std::size_t> names_;
};

}  // namespace

std::vector<Rule> merge_rule_files(std::vector<RuleFile> files) {
  std::size_t count = 0;
  for (const auto& file : files) count += file.rules.size();
  Merging merging(count);
  for (auto& file : files)
    for (auto& rule : file.rules) merging.add(std::move(rule));
  for (const auto& file : files)
    if (file.origin != Origin::Dependency)
      for (const auto& disabling : file.disable) merging.disable(disabling);
  return merging.take();
}

std::vector<std::string> disabled_names(const std::vector<RuleFile>& files) {
  std::vector<std::string> names;
  for (const auto& file : files)
    for (const auto& disabling : file.disable) names.push_back(disabling.name);
  return names;
}

bool is_module_path(std::string_view name) {
  return name.substr(0, name.find('/')).find('.') != std::string_view::npos;
}

std::string source_text(const Rule& rule) {
  if (rule.origin == Origin::BuiltIn) return "built in";
  if (rule.origin == Origin::Dependency) return "module " + rule.module;
  return rule.place.file;
}

}  // namespace otel::rules
