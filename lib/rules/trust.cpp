// SPDX-License-Identifier: Apache-2.0
#include "rules/trust.h"

#include <fmt/format.h>

#include "base/digest.h"

#include "notation/pattern.h"

namespace otel::rules {
std::string rules_digest(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string all;
  for (const auto& [path, bytes] : files)
    all += fmt::format("{} {} {}\n{}", path.size(), path, bytes.size(), bytes);
  return "sha256:" + base::sha256_hex(all);
}

Trust find_trust(const std::vector<TrustEntry>& entries, std::string_view module, std::string_view version,
                 std::string_view digest) {
  auto trust = Trust::None;
  for (const auto& entry : entries) {
    if (!notation::matches_package(entry.module, module)) continue;
    if (entry.version && !entry.version->contains(version)) continue;
    if (entry.digest.empty() || entry.digest == digest) return Trust::Given;
    trust = Trust::Changed;
  }
  return trust;
}

bool is_path_in_module(std::string_view import_path, std::string_view module) {
  return !module.empty() && import_path.starts_with(module) &&
         (import_path.size() == module.size() || import_path[module.size()] == '/');
}

std::optional<std::string> needs_consent(const Rule& rule) {
  if (!rule.kind().confinable) return fmt::format("it is of kind {}", rule.kind().name);
  if (rule.package.empty()) return "it is for packages of the program";
  if (!is_path_in_module(rule.package, rule.module)) return fmt::format("it is for {}", rule.package);
  if (!rule.hooks.empty() && !is_path_in_module(rule.hooks, rule.module))
    return fmt::format("its hooks are in {}", rule.hooks);
  if (rule.support) return "it supports rules of others";
  return std::nullopt;
}

}  // namespace otel::rules
