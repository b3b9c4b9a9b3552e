// SPDX-License-Identifier: Apache-2.0
#include "rules/reference.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "rules/rule_keys.h"

namespace otel::rules {
namespace {

std::string kinds_text(const KeyFact& key) {
  if (key.kinds.empty()) return "all";
  std::vector<std::string> names;
  for (const auto& kind : rule_kinds())
    if (std::count(key.kinds.begin(), key.kinds.end(), kind.kind)) names.emplace_back(kind.name);
  return base::join(names, ", ");
}

std::string_view use_text(KeyUse use) {
  if (use == KeyUse::OptionalWhereOwn) return "required, but in wrap and directive";
  return use == KeyUse::Required ? "required" : "optional";
}

}  // namespace

std::string render_reference() {
  std::string text = "## Keys of a file\n\n| key | | |\n| --- | --- | --- |\n";
  for (const auto& key : file_keys())
    text += fmt::format("| `{}` | {} | {} |\n", key.name, use_text(key.use), key.says);
  text += "\n## Kinds of rules\n\n| kind | what it does |\n| --- | --- |\n";
  for (const auto& kind : rule_kinds()) text += fmt::format("| `{}` | {} |\n", kind.name, kind.does);
  text += "\n## Keys of a rule\n\n| key | in kinds | | |\n| --- | --- | --- | --- |\n";
  for (const auto& key : rule_keys())
    text += fmt::format("| `{}` | {} | {} | {} |\n", key.name, kinds_text(key), use_text(key.use), key.says);
  text += "\n## Keys of an entry of \"trust\"\n\n| key | | |\n| --- | --- | --- |\n";
  for (const auto& key : trust_keys())
    text += fmt::format("| `{}` | {} | {} |\n", key.name, use_text(key.use), key.says);
  text += "\n## Conditions of \"where\"\n\n| key | holds for |\n| --- | --- |\n";
  for (const auto& key : condition_keys()) text += fmt::format("| `{}` | {} |\n", key.name, key.says);
  return text;
}

}  // namespace otel::rules
