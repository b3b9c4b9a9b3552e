// SPDX-License-Identifier: Apache-2.0
#include "kinds/package_match.h"

#include <cctype>
#include <fmt/format.h>

#include "gocode/runtime_module.h"

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
  auto own = fmt::format("{}/", gocode::kRuntimeModule);
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

void PackageMatch::report(const notation::RuleHead& rule, std::string reason, bool telling) {
  matched.outcomes.push_back({rule.name, "", std::move(reason), telling});
}

void PackageMatch::report_at(const notation::RuleHead& rule, const gocode::FoundFunction& function,
                             const std::string& reason, bool telling) {
  auto place = function.file->source.place(function.function->name.span);
  report(rule, fmt::format("{}:{}: {}", place.file, place.line, reason), telling);
}

bool PackageMatch::passes_by(const notation::RuleHead& rule, bool telling) {
  if (!sources.find_in_hooks(package.path)) return false;
  report(rule, fmt::format("its hooks in {} import {}", rule.hooks, package.path), telling);
  return true;
}

}  // namespace otel::kinds
