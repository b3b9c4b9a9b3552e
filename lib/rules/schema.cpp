// SPDX-License-Identifier: Apache-2.0
#include "rules/schema.h"

#include <fmt/format.h>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "rules/rule_keys.h"

#include "kinds/kinds.h"
#include "notation/condition_reader.h"

namespace otel::rules {
namespace {

using base::json_quote;
using notation::KeyForm;
using notation::KeyUse;

// What a value of that form must be, as the inside of a schema object.
std::string form_schema(KeyForm form) {
  switch (form) {
    case KeyForm::Flag:
      return R"("type": "boolean")";
    case KeyForm::Integer:
      return R"("type": "integer")";
    case KeyForm::Names:
      return R"("type": "array", "items": {"type": "string", "minLength": 1})";
    case KeyForm::Rules:
      return R"("type": "array", "items": {"$ref": "#/definitions/rule"})";
    case KeyForm::TrustEntries:
      return R"("type": "array", "items": {"$ref": "#/definitions/trust"})";
    case KeyForm::Digest:
      return R"("type": "string", "pattern": "^sha256:[0-9a-f]{64}$")";
    case KeyForm::Condition:
      return R"("$ref": "#/definitions/condition")";
    case KeyForm::Conditions:
      return R"("type": "array", "minItems": 1, "items": {"$ref": "#/definitions/condition"})";
    case KeyForm::Count:
      return R"("type": ["integer", "string"], "pattern": "^ *(=|!=|<|<=|>|>=)? *[0-9]+$")";
    case KeyForm::Imports:
      return R"("type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "minLength": 1})";
    case KeyForm::GoTypes:
      return R"("type": "object", "minProperties": 1, "additionalProperties": false, )"
             R"("patternProperties": {"^[0-9]{1,3}$": {"type": "string", "minLength": 1}})";
    case KeyForm::Places:
      return R"("type": "array", "minItems": 1, "items": {"anyOf": [{"type": "integer", "minimum": 0}, )"
             R"({"enum": ["receiver", "last"]}]})";
    case KeyForm::Name:
      return R"("type": "string", "pattern": "^[A-Za-z0-9_]+$")";
    case KeyForm::Position:
      return R"("enum": ["entry", "return"])";
    default:
      // YAML has 1.20 and the like as numbers, which the loader reads as they are written.
      return form == KeyForm::GoRange || form == KeyForm::OtelRange ? R"("type": ["string", "number"])"
                                                                    : R"("type": "string", "minLength": 1)";
  }
}

std::string property(std::string_view name, const std::string& schema, std::string_view description) {
  // In draft 7 nothing counts beside a $ref.
  auto text = schema.substr(0, 6) == R"("$ref")" ? fmt::format("\"allOf\": [{{{}}}]", schema) : schema;
  return fmt::format("{}: {{{}, \"description\": {}}}", json_quote(name), text, json_quote(description));
}

std::string kind_names_schema() {
  std::vector<std::string> names;
  for (const auto& kind : kinds::all_kinds()) names.push_back(json_quote(kind.facts->name));
  return fmt::format("\"enum\": [{}]", base::join(names, ", "));
}

template <typename Keys>
std::vector<std::string> properties(const Keys& keys) {
  std::vector<std::string> texts;
  for (const auto& key : keys)
    texts.push_back(property(key.name, key.name == "kind" ? kind_names_schema() : form_schema(key.form),
                             key.description));
  return texts;
}

// What a rule of one kind must and may have.
std::string kind_schema(const kinds::KindFacts& kind) {
  std::vector<std::string> required, foreign;
  for (const auto& key : rule_keys()) {
    if (!key.fits(kind.name))
      foreign.push_back(fmt::format("{}: false", json_quote(key.fact.name)));
    else if (key.is_required(kind))
      required.push_back(json_quote(key.fact.name));
  }
  auto hooks = kind.needs_hook ? R"(, "anyOf": [{"required": ["before"]}, {"required": ["after"]}])" : "";
  return fmt::format(
      "        {{\"if\": {{\"properties\": {{\"kind\": {{\"const\": {}}}}}, \"required\": [\"kind\"]}},\n"
      "         \"then\": {{\"required\": [{}],\n"
      "                  \"properties\": {{{}}}{}}}}}",
      json_quote(kind.name), base::join(required, ", "), base::join(foreign, ", "), hooks);
}

std::string required_of(const std::vector<notation::KeyFact>& keys) {
  std::vector<std::string> names;
  for (const auto& key : keys)
    if (key.use == KeyUse::Required) names.push_back(json_quote(key.name));
  return base::join(names, ", ");
}

// Of all rules, or of rules of every kind alone.
std::vector<notation::KeyFact> rule_key_facts(bool of_every_kind) {
  std::vector<notation::KeyFact> facts;
  for (const auto& key : rule_keys())
    if (!of_every_kind || key.kinds.empty()) facts.push_back(key.fact);
  return facts;
}

}  // namespace

std::string render_schema() {
  std::vector<std::string> by_kind;
  for (const auto& kind : kinds::all_kinds()) by_kind.push_back(kind_schema(*kind.facts));
  return fmt::format(
      R"({{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "rules of otel",
  "type": "object",
  "additionalProperties": false,
  "required": [{}],
  "properties": {{
    {}
  }},
  "definitions": {{
    "condition": {{
      "type": "object",
      "additionalProperties": false,
      "minProperties": 1,
      "properties": {{
        {}
      }}
    }},
    "trust": {{
      "type": "object",
      "additionalProperties": false,
      "required": [{}],
      "properties": {{
        {}
      }}
    }},
    "rule": {{
      "type": "object",
      "additionalProperties": false,
      "required": [{}],
      "properties": {{
        {}
      }},
      "allOf": [
{}
      ]
    }}
  }}
}}
)",
      required_of(file_keys()), base::join(properties(file_keys()), ",\n    "),
      base::join(properties(notation::condition_keys()), ",\n        "), required_of(trust_keys()),
      base::join(properties(trust_keys()), ",\n        "), required_of(rule_key_facts(true)),
      base::join(properties(rule_key_facts(false)), ",\n        "), base::join(by_kind, ",\n"));
}

}  // namespace otel::rules
