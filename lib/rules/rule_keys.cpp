// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_keys.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

#include "kinds/kinds.h"

namespace otel::rules {
namespace {

using notation::KeyFact;
using notation::KeyForm;
using notation::KeyUse;

std::string kind_description() {
  std::vector<std::string> names;
  for (const auto& kind : kinds::all_kinds()) names.emplace_back(kind.facts->name);
  return "one of " + base::join(names, ", ");
}

std::string package_description() {
  return fmt::format(
      "import path or pattern of the packages to weave; a rule of kind {} without it is for the user's own "
      "packages",
      enumerate(kinds_for_own_packages(), "or"));
}

// Kinds of rules that name packages; none stands for all kinds.
std::vector<std::string_view> kinds_with_package() {
  std::vector<std::string_view> names;
  for (const auto& kind : kinds::all_kinds())
    if (!kind.facts->for_program) names.push_back(kind.facts->name);
  return names;
}

// Keys of a rule of any kind.
std::vector<RuleKey> common_keys() {
  using enum KeyUse;
  static const auto kKindDescription = kind_description(), kPackageDescription = package_description();
  std::vector<RuleKey> keys;
  for (const auto& fact : std::vector<KeyFact>{
           {"name", Required, KeyForm::Name, "letters, digits and _; unique among all rules of a build"},
           {"kind", Required, KeyForm::Name, kKindDescription},
           {"description", Optional, KeyForm::Text, "for readers"},
           {"override", Optional, KeyForm::Flag,
            "true: replaces the rule of the same name from an earlier source"},
           {"package", OptionalWhereOwn, KeyForm::PackagePattern, kPackageDescription},
           {"go", Optional, KeyForm::GoRange, "Go releases, as in \">=1.25, <1.27\""},
           {"version", Optional, KeyForm::ModuleRange,
            "versions of the package's module, as in \">=v1.7.0, <v2\""},
       })
    keys.push_back({fact, {}, {}});
  for (auto& key : keys)
    if (key.fact.name == "package" || key.fact.name == "version") key.kinds = kinds_with_package();
  return keys;
}

// With the keys of kinds after them; of several kinds, where the first has it.
std::vector<RuleKey> make_rule_keys() {
  auto keys = common_keys();
  for (const auto& kind : kinds::all_kinds())
    for (const auto& fact : kind.facts->keys) {
      auto known = std::find_if(keys.begin(), keys.end(),
                                [&](const RuleKey& key) { return key.fact.name == fact.name; });
      if (known == keys.end()) known = keys.insert(keys.end(), {fact, {}, {}});
      known->kinds.push_back(kind.facts->name);
      if (fact.use == KeyUse::Optional) known->optional_in.push_back(kind.facts->name);
      if (fact.use == KeyUse::Required) known->fact.use = KeyUse::Required;
    }
  return keys;
}

}  // namespace

std::string enumerate(const std::vector<std::string>& names, std::string_view conjunction) {
  if (names.size() < 2) return base::join(names, "");
  return fmt::format("{} {} {}", base::join({names.begin(), names.end() - 1}, ", "), conjunction,
                     names.back());
}

bool RuleKey::fits(std::string_view kind) const {
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool RuleKey::is_required(const kinds::KindFacts& kind) const {
  if (!fits(kind.name) || std::count(optional_in.begin(), optional_in.end(), kind.name) > 0) return false;
  return fact.use == KeyUse::Required || (fact.use == KeyUse::OptionalWhereOwn && !kind.for_own_packages);
}

const std::vector<RuleKey>& rule_keys() {
  static const auto kKeys = make_rule_keys();
  return kKeys;
}

std::vector<std::string> kinds_for_own_packages() {
  std::vector<std::string> names;
  for (const auto& kind : kinds::all_kinds())
    if (kind.facts->for_own_packages) names.emplace_back(kind.facts->name);
  return names;
}

const std::vector<KeyFact>& trust_keys() {
  using enum KeyUse;
  static const std::vector<KeyFact> kKeys = {
      {"module", Required, KeyForm::PackagePattern,
       "path of a module whose rules are fully trusted, or a pattern"},
      {"version", Optional, KeyForm::ModuleRange, "versions of the module, as in \">=v1.7.0, <v2\""},
      {"digest", Optional, KeyForm::Digest,
       "of its rules, as `otel rules trust` writes it: changed rules need new consent"},
  };
  return kKeys;
}

const std::vector<KeyFact>& file_keys() {
  using enum KeyUse;
  static const std::vector<KeyFact> kKeys = {
      {"library", Required, KeyForm::Text,
       "what the rules of this file instrument; the name to disable them by"},
      {"description", Optional, KeyForm::Text, "for readers"},
      {"otel", Optional, KeyForm::OtelRange,
       "releases of otel that the file is for, as in \">=0.1, <0.2\"; a build with another release fails"},
      {"api", Optional, KeyForm::Integer,
       "the API level that the hooks need, as in 1: APILevel of the module that they import; an otel of a "
       "lower "
       "level rejects the file"},
      {"hooks", Optional, KeyForm::ImportPath, "import path of the Go package with the hooks"},
      {"support", Optional, KeyForm::Flag, "true: woven only if a rule of another file is woven"},
      {"disable", Optional, KeyForm::Names,
       "a list of rules, libraries and modules of dependencies whose rules are skipped"},
      {"trust", Optional, KeyForm::TrustEntries,
       "a list of modules of dependencies whose rules are fully trusted; only effective in files of the "
       "project "
       "and of --rules"},
      {"rules", Required, KeyForm::Rules, "the list of rules"},
  };
  return kKeys;
}

}  // namespace otel::rules
