// SPDX-License-Identifier: Apache-2.0
#include "notation/rule_reader.h"

#include "notation/condition_reader.h"

namespace otel::notation {

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

std::optional<gotool::VersionRange> RuleReader::range(std::string_view key) const {
  return has(key) ? std::optional(yaml_.range(at(key), key)) : std::nullopt;
}

std::optional<Condition> RuleReader::condition(std::string_view key) const {
  return has(key) ? std::optional(read_condition(yaml_, at(key), key)) : std::nullopt;
}

}  // namespace otel::notation
