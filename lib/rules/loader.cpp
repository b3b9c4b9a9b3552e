// SPDX-License-Identifier: Apache-2.0
#include "rules/loader.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "rules/rule_keys.h"

namespace otel::rules {
namespace {

using base::Error;
using base::Place;

// One rule file while it is read: knows how to turn a mark of yaml-cpp into a Place.
class Reader {
 public:
  Reader(const std::string& file, std::string_view text, const FileReader& read)
      : file_(file), lines_(base::split_lines(text)), read_(read) {}

  std::vector<Rule> rules(const YAML::Node& document);

 private:
  Place place(const YAML::Mark& mark, std::size_t width) const;
  Place place(const YAML::Node& node) const;
  std::string scalar(const YAML::Node& node, std::string_view key) const;
  bool flag(const YAML::Node& node, std::string_view key) const;
  void check_keys(const YAML::Node& map, const std::vector<KeyFact>& facts, const std::string& where) const;
  Rule rule(const YAML::Node& node) const;
  RuleKind kind(const YAML::Node& node) const;
  void check_kind_keys(const YAML::Node& node, const Rule& rule) const;
  void read_value(const KeyFact& fact, const YAML::Node& value, Rule& rule) const;
  gotool::VersionRange range(const YAML::Node& value, std::string_view key) const;
  void read_file_rule(const YAML::Node& value, Rule& rule) const;

  std::string file_;
  std::vector<std::string_view> lines_;
  const FileReader& read_;
};

Place Reader::place(const YAML::Mark& mark, std::size_t width) const {
  if (mark.is_null()) return {file_, 0, 0, "", 1};
  auto line = static_cast<std::size_t>(mark.line);
  std::string text = line < lines_.size() ? std::string(lines_[line]) : "";
  return {file_, line + 1, static_cast<std::size_t>(mark.column) + 1, text, std::max<std::size_t>(1, width)};
}

Place Reader::place(const YAML::Node& node) const {
  return place(node.Mark(), node.IsScalar() ? node.Scalar().size() : 1);
}

std::string Reader::scalar(const YAML::Node& node, std::string_view key) const {
  if (!node.IsScalar())
    throw Error(fmt::format("\"{}\" must be a text, not a list or a map", key)).at(place(node));
  auto text = node.Scalar();
  if (base::trim(text).empty()) throw Error(fmt::format("\"{}\" is empty", key)).at(place(node));
  return text;
}

bool Reader::flag(const YAML::Node& node, std::string_view key) const {
  auto text = scalar(node, key);
  if (text != "true" && text != "false")
    throw Error(fmt::format("\"{}\" must be true or false", key)).at(place(node));
  return text == "true";
}

void Reader::check_keys(const YAML::Node& map, const std::vector<KeyFact>& facts,
                        const std::string& where) const {
  std::vector<std::string> known, seen;
  for (const auto& fact : facts) known.emplace_back(fact.name);
  for (const auto& entry : map) {
    auto key = entry.first.Scalar();
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw Error(fmt::format("unknown key \"{}\"{}", key, where))
          .at(place(entry.first))
          .hint(base::near_hint(key, known));
    if (std::find(seen.begin(), seen.end(), key) != seen.end())
      throw Error(fmt::format("key \"{}\" stands twice{}", key, where)).at(place(entry.first));
    seen.push_back(key);
  }
}

std::vector<Rule> Reader::rules(const YAML::Node& document) {
  if (!document.IsMap())
    throw Error("a rule file must be a map with the keys library and rules").at(place(document));
  check_keys(document, file_keys(), "");
  for (const auto& fact : file_keys())
    if (fact.use == KeyUse::Required && !document[std::string(fact.name)])
      throw Error(fmt::format("key \"{}\" is missing", fact.name)).at(place(document));
  if (!document["rules"].IsSequence()) throw Error("\"rules\" must be a list").at(place(document["rules"]));

  std::vector<Rule> rules;
  for (const auto& node : document["rules"]) {
    rules.push_back(rule(node));
    rules.back().library = scalar(document["library"], "library");
    if (document["hooks"]) rules.back().hooks = scalar(document["hooks"], "hooks");
    if (document["support"]) rules.back().support = flag(document["support"], "support");
    if ((!rules.back().before.empty() || !rules.back().after.empty()) && rules.back().hooks.empty())
      throw Error(fmt::format("rule {} names a hook, but the file has no key \"hooks\"", rules.back().name))
          .at(place(node["name"]))
          .hint("give the import path of the package in which the hooks are");
  }
  return rules;
}

RuleKind Reader::kind(const YAML::Node& node) const {
  auto name = scalar(node, "kind");
  std::vector<std::string> known;
  for (const auto& fact : rule_kinds()) {
    if (fact.name == name) return fact.kind;
    known.emplace_back(fact.name);
  }
  auto hint = base::near_hint(name, known);
  throw Error(fmt::format("unknown rule kind \"{}\"", name))
      .at(place(node))
      .hint(hint.empty() ? "the kinds are " + base::join(known, ", ") : hint);
}

Rule Reader::rule(const YAML::Node& node) const {
  if (!node.IsMap()) throw Error("a rule must be a map").at(place(node));
  Rule rule;
  check_keys(node, rule_keys(),
             node["name"] && node["name"].IsScalar() ? " in rule " + node["name"].Scalar() : "");
  for (std::string key : {"name", "kind"})
    if (!node[key]) throw Error(fmt::format("a rule without \"{}\"", key)).at(place(node));
  rule.name = scalar(node["name"], "name");
  rule.place = place(node["name"]);
  rule.kind = kind(node["kind"]);
  check_kind_keys(node, rule);
  for (const auto& fact : rule_keys())
    if (auto value = node[std::string(fact.name)]) read_value(fact, value, rule);
  if (rule.kind == RuleKind::Function && rule.before.empty() && rule.after.empty())
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
          .at(place(node[key]));
    if (fits && fact.use == KeyUse::Required && !node[key])
      throw Error(fmt::format("rule {} lacks the key \"{}\"", rule.name, key)).at(rule.place);
  }
}

gotool::VersionRange Reader::range(const YAML::Node& value, std::string_view key) const {
  std::string why;
  auto range = gotool::VersionRange::parse(scalar(value, key), &why);
  if (!range) throw Error(fmt::format("bad range in \"{}\": {}", key, why)).at(place(value));
  return *range;
}

void Reader::read_file_rule(const YAML::Node& value, Rule& rule) const {
  auto path = scalar(value, "file");
  auto text = read_(path);
  if (!text) throw Error(fmt::format("no file {} beside the rule file", path)).at(place(value));
  rule.file_name = path.substr(path.rfind('/') + 1);
  rule.file_text = *std::move(text);
}

void Reader::read_value(const KeyFact& fact, const YAML::Node& value, Rule& rule) const {
  auto text = scalar(value, fact.name);
  const auto& key = fact.name;
  if (key == "name" &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
          std::string::npos)
    throw Error(fmt::format("\"{}\" is not a name", text)).at(place(value)).hint("use letters, digits and _");
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
  if (key == "file") read_file_rule(value, rule);
  if (key == "function") {
    auto name = parse_function_name(text);
    if (!name)
      throw Error(fmt::format("\"{}\" is not a function name", text))
          .at(place(value))
          .hint("write F, T.M or (*T).M");
    rule.function = *name;
  }
  if (key == "at") {
    if (text != "entry" && text != "return")
      throw Error(fmt::format("\"at\" is \"{}\"", text)).at(place(value)).hint("it is entry or return");
    rule.position = text == "entry" ? RawPosition::Entry : RawPosition::Return;
  }
}

}  // namespace

std::vector<Rule> parse_rules(const std::string& file, std::string_view text, const FileReader& read) {
  Reader reader(file, text, read);
  try {
    return reader.rules(YAML::Load(std::string(text)));
  } catch (const YAML::Exception& failed) {
    auto lines = base::split_lines(text);
    auto line = static_cast<std::size_t>(std::max(0, failed.mark.line));
    throw Error(failed.msg)
        .at({file, line + 1, static_cast<std::size_t>(std::max(0, failed.mark.column)) + 1,
             line < lines.size() ? std::string(lines[line]) : "", 1});
  }
}

void check_unique_names(const std::vector<Rule>& rules) {
  std::map<std::string, const Rule*> seen;
  for (const auto& rule : rules) {
    auto [at, fresh] = seen.emplace(rule.name, &rule);
    if (fresh) continue;
    throw Error(fmt::format("rule {} is defined twice", rule.name))
        .at(rule.place)
        .hint(fmt::format("the other one is at {}:{}", at->second->place.file, at->second->place.line));
  }
}

}  // namespace otel::rules
