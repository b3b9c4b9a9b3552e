// SPDX-License-Identifier: Apache-2.0
#include "rules/loader.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "base/version.h"
#include "rules/condition_reader.h"
#include "rules/rule_keys.h"
#include "rules/yaml_text.h"

namespace otel::rules {
namespace {

using base::Error;

// One rule file while it is read.
class Reader {
 public:
  Reader(const std::string& file, std::string_view text, const FileReader& read)
      : yaml_(file, text), read_(read) {}

  RuleFile rule_file();

 private:
  void check_otel(const YAML::Node& value) const;
  TrustEntry trust_entry(const YAML::Node& node) const;
  Rule rule(const YAML::Node& node) const;
  RuleKind kind(const YAML::Node& node) const;
  void check_kind_keys(const YAML::Node& node, const Rule& rule) const;
  void read_value(const KeyFact& fact, const YAML::Node& value, Rule& rule) const;
  gotool::VersionRange range(const YAML::Node& value, std::string_view key) const;
  void read_function(const YAML::Node& value, Rule& rule) const;
  void read_file_rule(const YAML::Node& value, Rule& rule) const;
  void read_callee(const YAML::Node& value, Rule& rule) const;
  void read_directive(const YAML::Node& value, Rule& rule) const;

  YamlText yaml_;
  const FileReader& read_;
};

std::vector<std::string_view> names_of(const std::vector<KeyFact>& facts) {
  std::vector<std::string_view> names;
  for (const auto& fact : facts) names.push_back(fact.name);
  return names;
}

RuleFile Reader::rule_file() {
  auto document = yaml_.load();
  if (!document.IsMap())
    throw Error("a rule file must be a map with the keys library and rules").at(yaml_.place(document));
  // First: the rest may be in the words of another release.
  if (auto otel = document["otel"]) check_otel(otel);
  yaml_.check_keys(document, names_of(file_keys()), "");
  for (const auto& fact : file_keys())
    if (fact.use == KeyUse::Required && !document[std::string(fact.name)])
      throw Error(fmt::format("key \"{}\" is missing", fact.name)).at(yaml_.place(document));
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
    bool hooked = !last.before.empty() || !last.after.empty() || !last.with.empty();
    if (hooked && last.hooks.empty())
      throw Error(fmt::format("rule {} names a hook, but the file has no key \"hooks\"", rules.back().name))
          .at(yaml_.place(node["name"]))
          .hint("give the import path of the package in which the hooks are");
  }
  return file;
}

TrustEntry Reader::trust_entry(const YAML::Node& node) const {
  if (!node.IsMap())
    throw Error("an entry of \"trust\" must be a map with the key module").at(yaml_.place(node));
  yaml_.check_keys(node, names_of(trust_keys()), " in trust");
  if (!node["module"]) throw Error("an entry of \"trust\" without \"module\"").at(yaml_.place(node));
  TrustEntry entry;
  entry.module = yaml_.scalar(node["module"], "module");
  entry.place = yaml_.place(node["module"]);
  if (is_package_pattern(entry.module) && !names_first_element(entry.module))
    throw Error(fmt::format("\"{}\" is every module", entry.module))
        .at(entry.place)
        .hint("begin with the host, as in example.com/...");
  if (auto version = node["version"]) entry.version = range(version, "version");
  if (auto digest = node["digest"]) {
    entry.digest = yaml_.scalar(digest, "digest");
    bool good = entry.digest.starts_with("sha256:") && entry.digest.size() == 71 &&
                entry.digest.find_first_not_of("0123456789abcdef", 7) == std::string::npos;
    if (!good)
      throw Error(fmt::format("\"{}\" is not a digest", entry.digest))
          .at(yaml_.place(digest))
          .hint(fmt::format("\"otel rules trust {}\" writes it", entry.module));
  }
  return entry;
}

void Reader::check_otel(const YAML::Node& value) const {
  auto wanted = range(value, "otel");
  if (wanted.contains(base::otel_version())) return;
  throw Error(fmt::format("this is otel {}, and the file is for {}", base::otel_version(), wanted.text()))
      .at(yaml_.place(value))
      .hint("install such a release, or change the range if the file is for this one too");
}

RuleKind Reader::kind(const YAML::Node& node) const {
  auto name = yaml_.scalar(node, "kind");
  std::vector<std::string> known;
  for (const auto& fact : rule_kinds()) {
    if (fact.name == name) return fact.kind;
    known.emplace_back(fact.name);
  }
  auto hint = base::near_hint(name, known);
  throw Error(fmt::format("unknown rule kind \"{}\"", name))
      .at(yaml_.place(node))
      .hint(hint.empty() ? "the kinds are " + base::join(known, ", ") : hint);
}

Rule Reader::rule(const YAML::Node& node) const {
  if (!node.IsMap()) throw Error("a rule must be a map").at(yaml_.place(node));
  Rule rule;
  yaml_.check_keys(node, names_of(rule_keys()),
                   node["name"] && node["name"].IsScalar() ? " in rule " + node["name"].Scalar() : "");
  for (std::string key : {"name", "kind"})
    if (!node[key]) throw Error(fmt::format("a rule without \"{}\"", key)).at(yaml_.place(node));
  rule.name = yaml_.scalar(node["name"], "name");
  rule.place = yaml_.place(node["name"]);
  rule.kind = kind(node["kind"]);
  check_kind_keys(node, rule);
  for (const auto& fact : rule_keys())
    if (auto value = node[std::string(fact.name)]) read_value(fact, value, rule);
  bool hooked = rule.kind == RuleKind::Function || rule.kind == RuleKind::Directive;
  if (hooked && rule.before.empty() && rule.after.empty())
    throw Error(fmt::format("rule {} has no hook", rule.name))
        .at(rule.place)
        .hint("give \"before\", \"after\" or both");
  return rule;
}

void Reader::check_kind_keys(const YAML::Node& node, const Rule& rule) const {
  for (const auto& fact : rule_keys()) {
    std::string key(fact.name);
    bool fits = fact.kinds.empty() || std::count(fact.kinds.begin(), fact.kinds.end(), rule.kind) > 0;
    if (!fits && node[key])
      throw Error(fmt::format("key \"{}\" has no meaning in rule {} of kind {}", key, rule.name,
                              node["kind"].Scalar()))
          .at(yaml_.place(node[key]));
    bool required = fact.use == KeyUse::Required ||
                    (fact.use == KeyUse::OptionalWhereOwn && !is_for_own_packages(rule.kind));
    if (fits && required && !node[key])
      throw Error(fmt::format("rule {} lacks the key \"{}\"", rule.name, key)).at(rule.place);
  }
}

gotool::VersionRange Reader::range(const YAML::Node& value, std::string_view key) const {
  std::string why;
  auto range = gotool::VersionRange::parse(yaml_.scalar(value, key), &why);
  if (!range) throw Error(fmt::format("bad range in \"{}\": {}", key, why)).at(yaml_.place(value));
  return *range;
}

void Reader::read_function(const YAML::Node& value, Rule& rule) const {
  auto text = yaml_.scalar(value, "function");
  std::string why(rule.kind == RuleKind::Call ? "write F, T.M or (*T).M" : kFunctionForms);
  if (FunctionPattern::is_meant(text)) {
    if (rule.kind == RuleKind::Call)
      throw Error(fmt::format("rule {} of kind call is for one function", rule.name))
          .at(yaml_.place(value))
          .hint(why);
    rule.functions = FunctionPattern::parse(text, &why);
  } else if (auto name = parse_function_name(text)) {
    rule.function = *name;
    return;
  }
  if (!rule.functions)
    throw Error(fmt::format("\"{}\" is not a function name", text)).at(yaml_.place(value)).hint(why);
}

void Reader::read_file_rule(const YAML::Node& value, Rule& rule) const {
  auto path = yaml_.scalar(value, "file");
  auto name = path.substr(path.rfind('/') + 1);
  if (path.starts_with("/"))
    throw Error(fmt::format("\"{}\" is an absolute path", path))
        .at(yaml_.place(value))
        .hint("write it relative to the rule file");
  // Go skips files whose names begin so, and the compiler takes _cgo_… for cgo's own.
  if (!name.ends_with(".go") || name.starts_with("_") || name.starts_with("."))
    throw Error(fmt::format("\"{}\" is not the name of a Go file", name)).at(yaml_.place(value));
  auto text = read_(path);
  if (!text) throw Error(fmt::format("no file {} beside the rule file", path)).at(yaml_.place(value));
  rule.file_name = name;
  rule.file_text = *std::move(text);
}

// "gopkg.in/yaml.v3.Marshal": the function's name is behind the last period.
void Reader::read_callee(const YAML::Node& value, Rule& rule) const {
  auto text = yaml_.scalar(value, "callee");
  auto dot = text.rfind('.'), slash = text.rfind('/');
  bool inside = dot != std::string::npos && dot > 0 && (slash == std::string::npos || dot > slash + 1);
  auto name = inside ? parse_function_name(text.substr(dot + 1)) : std::nullopt;
  if (!name || text.find_first_of("()* \t") != std::string::npos)
    throw Error(fmt::format("\"{}\" is not a function of a package", text))
        .at(yaml_.place(value))
        .hint("write import/path.F, as in net/http.Get; methods can't be wrapped, but have hooks");
  rule.callee_package = text.substr(0, dot);
  rule.callee = name->name;
}

void Reader::read_directive(const YAML::Node& value, Rule& rule) const {
  auto text = yaml_.scalar(value, "directive");
  auto colon = text.find(':');
  bool good = colon != std::string::npos && colon > 0 && colon + 1 < text.size() &&
              text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.:") == std::string::npos;
  if (!good || text.starts_with("go:"))
    throw Error(fmt::format("\"{}\" is not a directive", text))
        .at(yaml_.place(value))
        .hint("write two words of a-z and 0-9, as in otel:span; those of go: are Go's own");
  rule.directive = text;
}

void Reader::read_value(const KeyFact& fact, const YAML::Node& value, Rule& rule) const {
  const auto& key = fact.name;
  rule.places[std::string(key)] = yaml_.place(value);
  if (key == "where") {
    rule.where = read_condition(yaml_, value, key);
    return;
  }
  auto text = yaml_.scalar(value, key);
  if (key == "name" &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
          std::string::npos)
    throw Error(fmt::format("\"{}\" is not a name", text))
        .at(yaml_.place(value))
        .hint("use letters, digits and _");
  if (key == "package") rule.package = text;
  if (key == "go") rule.go = range(value, key);
  if (key == "version") rule.version = range(value, key);
  if (key == "before") rule.before = text;
  if (key == "after") rule.after = text;
  if (key == "struct") rule.struct_name = text;
  if (key == "field") rule.field = text;
  if (key == "call") rule.call = text;
  if (key == "replace") rule.replace = text;
  if (key == "insert") rule.insert = text;
  if (key == "with") rule.with = text;
  if (key == "variable") rule.variable = text;
  if (key == "value") rule.value = text;
  if (key == "callee") read_callee(value, rule);
  if (key == "directive") read_directive(value, rule);
  if (key == "file") read_file_rule(value, rule);
  if (key == "override") rule.overrides = yaml_.flag(value, key);
  if (key == "order") rule.order = yaml_.integer(value, key);
  if (key == "function") read_function(value, rule);
  if (key == "at") {
    if (text != "entry" && text != "return")
      throw Error(fmt::format("\"at\" is \"{}\"", text)).at(yaml_.place(value)).hint("it is entry or return");
    rule.position = text == "entry" ? RawPosition::Entry : RawPosition::Return;
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
