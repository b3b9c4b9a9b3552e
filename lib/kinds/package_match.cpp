// SPDX-License-Identifier: Apache-2.0
#include "kinds/package_match.h"

#include <cctype>
#include <fmt/format.h>

#include "gocode/support_module.h"

namespace otel::kinds {

std::string identifier_of(std::string_view text) {
  std::string name;
  for (char c : text) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

std::string PackageMatch::new_symbol(const std::string& wanted) {
  auto name = identifier_of(wanted), chosen = name;
  for (int i = 2; !symbols.insert(chosen).second; ++i) chosen = fmt::format("{}_{}", name, i);
  return chosen;
}

std::string PackageMatch::glue_name(std::string_view hooks) {
  auto own = fmt::format("{}/", gocode::kSupportModule);
  if (hooks.starts_with(own)) hooks.remove_prefix(own.size());
  return identifier_of(hooks);
}

void PackageMatch::add_glue(const notation::RuleHead& rule, const std::string& file,
                            const std::string& text) {
  auto& glue = matched.glue[rule.hooks];
  glue.name = glue_name(rule.hooks);
  glue.targets.push_back(package.path);
  glue.files[file] = text;
}

void PackageMatch::report(const notation::RuleHead& rule, std::string reason, bool is_warning) {
  matched.outcomes.push_back({rule.name, "", std::move(reason), is_warning});
}

void PackageMatch::report_at(const notation::RuleHead& rule, const gocode::FoundFunction& function,
                             const std::string& reason, bool is_warning) {
  auto place = function.file->source.place(function.function->name.span);
  report(rule, fmt::format("{}:{}: {}", place.file, place.line, reason), is_warning);
}

bool PackageMatch::skips_hook_dependency(const notation::RuleHead& rule, bool is_warning) {
  if (!sources.find_hook_dependency(package.path)) return false;
  report(rule, fmt::format("its hooks in {} import {}", rule.hooks, package.path), is_warning);
  return true;
}

}  // namespace otel::kinds
