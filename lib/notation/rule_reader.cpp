// SPDX-License-Identifier: Apache-2.0
#include "notation/rule_reader.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "notation/condition_reader.h"

namespace otel::notation {
namespace {

bool is_identifier(std::string_view text) {
  if (text.empty() || text == "_" || std::isdigit(static_cast<unsigned char>(text[0]))) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
  });
}

// As the Go specification and go's own module.CheckImportPath have them, "C" aside, which is cgo's.
bool is_import_path(std::string_view text) {
  return !text.empty() && text != "C" &&
         text.find_first_of(" \t\n\"`'\\!#$%&()*,:;<=>?[]^{|}") == text.npos && text.front() != '/' &&
         text.front() != '.' && text.back() != '/';
}

}  // namespace

YAML::Node RuleReader::at(std::string_view key) const {
  return rule_[std::string(key)];
}

bool RuleReader::has(std::string_view key) const {
  return static_cast<bool>(at(key));
}

base::Place RuleReader::place(std::string_view key) const {
  return yaml_.place(at(key));
}

std::map<std::string, base::Place> RuleReader::places() const {
  std::map<std::string, base::Place> places;
  for (const auto& entry : rule_) places[entry.first.Scalar()] = yaml_.place(entry.second);
  return places;
}

std::string RuleReader::text(std::string_view key) const {
  return has(key) ? yaml_.scalar(at(key), key) : "";
}

bool RuleReader::flag(std::string_view key) const {
  return has(key) && yaml_.flag(at(key), key);
}

int RuleReader::integer(std::string_view key) const {
  return has(key) ? yaml_.integer(at(key), key) : 0;
}

std::vector<std::pair<std::string, base::Place>> RuleReader::list(std::string_view key) const {
  std::vector<std::pair<std::string, base::Place>> entries;
  if (has(key))
    for (const auto& entry : yaml_.list(at(key), key))
      entries.emplace_back(yaml_.scalar(entry, key), yaml_.place(entry));
  return entries;
}

std::vector<RuleImport> RuleReader::imports(std::string_view key) const {
  std::vector<RuleImport> imports;
  if (!has(key)) return imports;
  constexpr auto kHint = "write names and import paths, as in {strconv: strconv}";
  auto map = at(key);
  if (!map.IsMap() || map.size() == 0)
    throw base::Error(fmt::format("\"{}\" must be a map from names to import paths", key))
        .at(yaml_.place(map))
        .hint(kHint);
  for (const auto& entry : map) {
    RuleImport import{yaml_.scalar(entry.first, key), yaml_.scalar(entry.second, key),
                      yaml_.place(entry.second)};
    if (!is_identifier(import.name))
      throw base::Error(fmt::format("\"{}\" is not a name for an import", import.name))
          .at(yaml_.place(entry.first))
          .hint(kHint);
    if (!is_import_path(import.path))
      throw base::Error(fmt::format("\"{}\" is not an import path", import.path))
          .at(import.place)
          .hint(kHint);
    for (const auto& other : imports)
      if (other.name == import.name)
        throw base::Error(fmt::format("duplicate name {} in \"{}\"", import.name, key))
            .at(yaml_.place(entry.first));
    imports.push_back(std::move(import));
  }
  return imports;
}

std::optional<gotool::VersionRange> RuleReader::range(std::string_view key) const {
  return has(key) ? std::optional(yaml_.range(at(key), key)) : std::nullopt;
}

std::optional<Condition> RuleReader::condition(std::string_view key) const {
  return has(key) ? std::optional(read_condition(yaml_, at(key), key)) : std::nullopt;
}

}  // namespace otel::notation
