// SPDX-License-Identifier: Apache-2.0
#include "kinds/kinds.h"

namespace otel::kinds {
namespace {

template <typename... Bodies>
std::vector<Kind> list_kinds(const std::variant<Bodies...>*) {
  return {{&Bodies::facts(), [](const RuleReader& in) -> RuleBody { return Bodies::read(in); }}...};
}

}  // namespace

const std::vector<Kind>& all_kinds() {
  static const auto kKinds = list_kinds(static_cast<const RuleBody*>(nullptr));
  return kKinds;
}

const KindFacts& facts(const RuleBody& body) {
  return std::visit([](const auto& rule) -> const KindFacts& { return rule.facts(); }, body);
}

const FunctionSelector* selector(const RuleBody& body) {
  return std::visit([](const auto& rule) { return rule.selector(); }, body);
}

std::vector<RuleText> texts(const RuleBody& body) {
  return std::visit([](const auto& rule) { return rule.texts(); }, body);
}

std::optional<Search> search(const RuleBody& body) {
  return std::visit([](const auto& rule) { return rule.search(); }, body);
}

std::string subject(const RuleBody& body) {
  return std::visit([](const auto& rule) { return rule.subject(); }, body);
}

std::string missing(const RuleBody& body, const GoPackage& package) {
  return std::visit([&](const auto& rule) { return rule.missing(package); }, body);
}

void match(const RuleBody& body, const RuleHead& rule, PackageMatch& into) {
  std::visit([&](const auto& kind) { kind.match(rule, into); }, body);
}

const std::string& rule_of(const Weave& weave) {
  return std::visit([](const auto& woven) -> const std::string& { return woven.rule; }, weave);
}

std::string declarations(const Weave& weave, const Compilation& compilation) {
  return std::visit([&](const auto& woven) { return woven.declarations(compilation); }, weave);
}

const AddedFile* added(const Weave& weave) {
  return std::visit([](const auto& woven) { return woven.added(); }, weave);
}

}  // namespace otel::kinds
