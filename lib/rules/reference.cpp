// SPDX-License-Identifier: Apache-2.0
#include "rules/reference.h"

#include <fmt/format.h>

#include "base/text.h"
#include "rules/rule_keys.h"

#include "kinds/kinds.h"
#include "notation/condition_reader.h"

namespace otel::rules {
namespace {

std::string kinds_text(const RuleKey& key) {
  if (key.kinds.empty()) return "all";
  std::vector<std::string> others;
  for (const auto& kind : kinds::all_kinds())
    if (!key.fits(kind.facts->name)) others.emplace_back(kind.facts->name);
  if (others.size() == 1) return "all but " + others[0];
  return base::join({key.kinds.begin(), key.kinds.end()}, ", ");
}

std::string use_text(notation::KeyUse use, const std::vector<std::string_view>& optional_in = {}) {
  using notation::KeyUse;
  if (use == KeyUse::OptionalWhereOwn)
    return "required, but in " + enumerate(kinds_for_own_packages(), "and");
  if (use == KeyUse::Required && !optional_in.empty())
    return "required, but in " + enumerate({optional_in.begin(), optional_in.end()}, "and");
  return use == KeyUse::Required ? "required" : "optional";
}

}  // namespace

std::string render_reference() {
  std::string text = "## Keys of a file\n\n| key | | |\n| --- | --- | --- |\n";
  for (const auto& key : file_keys())
    text += fmt::format("| `{}` | {} | {} |\n", key.name, use_text(key.use), key.description);
  text += "\n## Kinds of rules\n\n| kind | what it does |\n| --- | --- |\n";
  for (const auto& kind : kinds::all_kinds())
    text += fmt::format("| `{}` | {} |\n", kind.facts->name, kind.facts->description);
  text += "\n## Keys of a rule\n\n| key | in kinds | | |\n| --- | --- | --- | --- |\n";
  for (const auto& key : rule_keys())
    text += fmt::format("| `{}` | {} | {} | {} |\n", key.fact.name, kinds_text(key),
                        use_text(key.fact.use, key.optional_in), key.fact.description);
  text += "\n## Keys of an entry of \"trust\"\n\n| key | | |\n| --- | --- | --- |\n";
  for (const auto& key : trust_keys())
    text += fmt::format("| `{}` | {} | {} |\n", key.name, use_text(key.use), key.description);
  text += "\n## Conditions of \"where\"\n\n| key | holds for |\n| --- | --- |\n";
  for (const auto& key : notation::condition_keys())
    text += fmt::format("| `{}` | {} |\n", key.name, key.description);
  return text;
}

}  // namespace otel::rules
