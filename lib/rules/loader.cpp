// SPDX-License-Identifier: Apache-2.0
#include "rules/loader.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "base/version.h"
#include "rules/rule_keys.h"

#include "gocode/rule_text.h"
#include "notation/rule_reader.h"
#include "notation/yaml_text.h"
#include "published/hook_module.h"

namespace otel::rules {
namespace {

using base::Error;
using notation::KeyFact;
using notation::KeyUse;

// One rule file while it is read.
class Reader {
 public:
  Reader(const std::string& file, std::string_view text, const FileReader& read)
      : yaml_(file, text), read_(read) {}

  RuleFile rule_file();

 private:
  void check_otel(const YAML::Node& value) const;
  void check_api(const YAML::Node& value) const;
  TrustEntry trust_entry(const YAML::Node& node) const;
  Rule rule(const YAML::Node& node) const;
  const kinds::Kind& kind(const YAML::Node& node) const;
  void check_use(const Rule& rule, const notation::RuleImport& import) const;
  void check_kind_keys(const YAML::Node& node, const Rule& rule, const kinds::KindFacts& kind) const;

  notation::YamlText yaml_;
  const FileReader& read_;
};

std::vector<std::string_view> names_of(const std::vector<KeyFact>& facts) {
  std::vector<std::string_view> names;
  for (const auto& fact : facts) names.push_back(fact.name);
  return names;
}

std::vector<std::string_view> names_of_rule_keys() {
  std::vector<std::string_view> names;
  for (const auto& key : rule_keys()) names.push_back(key.fact.name);
  return names;
}

RuleFile Reader::rule_file() {
  auto document = yaml_.load();
  if (!document.IsMap())
    throw Error("a rule file must be a map with the keys library and rules").at(yaml_.place(document));
  // First, as the rest may use keys of another release.
  if (auto otel = document["otel"]) check_otel(otel);
  if (auto api = document["api"]) check_api(api);
  yaml_.check_keys(document, names_of(file_keys()), "");
  for (const auto& fact : file_keys())
    if (fact.use == KeyUse::Required && !document[std::string(fact.name)])
      throw Error(fmt::format("missing key \"{}\"", fact.name)).at(yaml_.place(document));
  if (!document["rules"].IsSequence())
    throw Error("\"rules\" must be a list").at(yaml_.place(document["rules"]));

  RuleFile file;
  if (auto disable = document["disable"])
    for (const auto& name : yaml_.list(disable, "disable"))
      file.disable.push_back({yaml_.scalar(name, "disable"), yaml_.place(name)});
  if (auto trust = document["trust"])
    for (const auto& entry : yaml_.list(trust, "trust")) file.trust.push_back(trust_entry(entry));
  auto& rules = file.rules;
  for (const auto& node : document["rules"]) {
    rules.push_back(rule(node));
    rules.back().library = yaml_.scalar(document["library"], "library");
    if (auto hooks = document["hooks"]) {
      rules.back().hooks = yaml_.scalar(hooks, "hooks");
      rules.back().places["hooks"] = yaml_.place(hooks);
    }
    if (document["support"]) rules.back().support = yaml_.flag(document["support"], "support");
    const auto& last = rules.back();
    if (last.kind().uses_hooks && last.hooks.empty())
      throw Error(
          fmt::format("rule {} names a hook, but the file lacks the key \"hooks\"", rules.back().name))
          .at(yaml_.place(node["name"]))
          .hint("set it to the import path of the package with the hooks");
  }
  return file;
}

TrustEntry Reader::trust_entry(const YAML::Node& node) const {
  if (!node.IsMap())
    throw Error("an entry of \"trust\" must be a map with the key module").at(yaml_.place(node));
  yaml_.check_keys(node, names_of(trust_keys()), " in trust");
  if (!node["module"]) throw Error("missing key \"module\" in an entry of \"trust\"").at(yaml_.place(node));
  TrustEntry entry;
  entry.module = yaml_.scalar(node["module"], "module");
  entry.place = yaml_.place(node["module"]);
  if (notation::is_package_pattern(entry.module) && !notation::names_first_element(entry.module))
    throw Error(fmt::format("\"{}\" matches every module", entry.module))
        .at(entry.place)
        .hint("start with the host, as in example.com/...");
  if (auto version = node["version"]) entry.version = yaml_.range(version, "version");
  if (auto digest = node["digest"]) {
    entry.digest = yaml_.scalar(digest, "digest");
    bool good = entry.digest.starts_with("sha256:") && entry.digest.size() == 71 &&
                entry.digest.find_first_not_of("0123456789abcdef", 7) == std::string::npos;
    if (!good)
      throw Error(fmt::format("invalid digest \"{}\"", entry.digest))
          .at(yaml_.place(digest))
          .hint(fmt::format("run \"otel rules trust {}\" to write it", entry.module));
  }
  return entry;
}

void Reader::check_otel(const YAML::Node& value) const {
  auto wanted = yaml_.range(value, "otel");
  if (wanted.contains(base::otel_version())) return;
  throw Error(fmt::format("this is otel {}, but the file requires {}", base::otel_version(), wanted.text()))
      .at(yaml_.place(value))
      .hint("install such a release, or extend the range");
}

void Reader::check_api(const YAML::Node& value) const {
  auto level = yaml_.integer(value, "api");
  if (level < 1) throw Error("\"api\" must be 1 or more").at(yaml_.place(value));
  if (level <= published::kApiLevel) return;
  throw Error(fmt::format("the file needs API level {} of {}, and this otel ({}) has level {}", level,
                          published::hook_module(), base::otel_version(), published::kApiLevel))
      .at(yaml_.place(value))
      .hint("install a newer release of otel");
}

const kinds::Kind& Reader::kind(const YAML::Node& node) const {
  auto name = yaml_.scalar(node, "kind");
  std::vector<std::string> known;
  for (const auto& kind : kinds::all_kinds()) {
    if (kind.facts->name == name) return kind;
    known.emplace_back(kind.facts->name);
  }
  auto hint = base::near_hint(name, known);
  throw Error(fmt::format("unknown rule kind \"{}\"", name))
      .at(yaml_.place(node))
      .hint(hint.empty() ? "use one of " + base::join(known, ", ") : hint);
}

Rule Reader::rule(const YAML::Node& node) const {
  if (!node.IsMap()) throw Error("a rule must be a map").at(yaml_.place(node));
  Rule rule;
  yaml_.check_keys(node, names_of_rule_keys(),
                   node["name"] && node["name"].IsScalar() ? " in rule " + node["name"].Scalar() : "");
  for (std::string key : {"name", "kind"})
    if (!node[key]) throw Error(fmt::format("missing key \"{}\" in a rule", key)).at(yaml_.place(node));
  notation::RuleReader in(yaml_, node, read_);
  rule.name = in.text("name");
  rule.place = in.place("name");
  const auto& kind = this->kind(node["kind"]);
  check_kind_keys(node, rule, *kind.facts);
  rule.places = in.places();
  if (rule.name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
      std::string::npos)
    throw Error(fmt::format("invalid name \"{}\"", rule.name))
        .at(rule.place)
        .hint("use letters, digits and _");
  in.text("description");  // must be a string; it isn't used
  rule.overrides = in.flag("override");
  rule.package = in.text("package");
  rule.go = in.range("go");
  rule.version = in.range("version");
  rule.order = in.integer("order");
  rule.imports = in.imports(notation::kImportsKey.name);
  rule.body = std::make_shared<const kinds::RuleBody>(kind.read(in));
  for (const auto& import : rule.imports) check_use(rule, import);
  return rule;
}

// Go accepts no import that isn't used.
void Reader::check_use(const Rule& rule, const notation::RuleImport& import) const {
  auto texts = kinds::texts(*rule.body);
  bool used = std::any_of(texts.begin(), texts.end(), [&](const kinds::RuleText& text) {
    return gocode::has_qualifier(*text.text, import.name);
  });
  if (used) return;
  throw Error(fmt::format("rule {} does not use {}", rule.name, import.name))
      .at(import.place)
      .hint(fmt::format("use it as in {}.Name, or remove it from \"imports\"", import.name));
}

void Reader::check_kind_keys(const YAML::Node& node, const Rule& rule, const kinds::KindFacts& kind) const {
  for (const auto& known : rule_keys()) {
    std::string key(known.fact.name);
    bool fits = known.fits(kind.name);
    if (!fits && node[key])
      throw Error(fmt::format("key \"{}\" is not allowed in rule {} of kind {}", key, rule.name, kind.name))
          .at(yaml_.place(node[key]));
    if (known.is_required(kind) && !node[key])
      throw Error(fmt::format("missing key \"{}\" in rule {}", key, rule.name)).at(rule.place);
  }
}

}  // namespace

RuleFile parse_rule_file(const std::string& file, std::string_view text, const FileReader& read) {
  auto parsed = Reader(file, text, read).rule_file();
  parsed.name = file;
  return parsed;
}

std::vector<Rule> parse_rules(const std::string& file, std::string_view text, const FileReader& read) {
  return parse_rule_file(file, text, read).rules;
}

}  // namespace otel::rules
