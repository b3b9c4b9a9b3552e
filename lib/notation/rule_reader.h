// SPDX-License-Identifier: Apache-2.0
//
// One rule of a file, whose keys are known to be its kind's: the values, by key. A value
// of another form is an Error with its position.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gotool/module_version.h"

#include "notation/condition.h"
#include "notation/file_reader.h"
#include "notation/rule_imports.h"
#include "notation/yaml_text.h"

namespace otel::notation {

class RuleReader {
 public:
  // What is passed must outlive this.
  RuleReader(const YamlText& yaml, const YAML::Node& rule, const FileReader& read)
      : yaml_(yaml), rule_(rule), read_(read) {}

  bool has(std::string_view key) const;
  // Of the value, which must be there.
  base::Place place(std::string_view key) const;
  std::map<std::string, base::Place> places() const;

  // The value; of a key that isn't there an empty one.
  std::string text(std::string_view key) const;
  bool flag(std::string_view key) const;
  int integer(std::string_view key) const;
  std::vector<std::pair<std::string, base::Place>> list(std::string_view key) const;
  std::vector<RuleImport> imports(std::string_view key) const;
  std::optional<gotool::VersionRange> range(std::string_view key) const;
  std::optional<Condition> condition(std::string_view key) const;

  std::optional<std::string> read_file(const std::string& relative_path) const {
    return read_(relative_path);
  }

 private:
  YAML::Node at(std::string_view key) const;

  const YamlText& yaml_;
  const YAML::Node& rule_;
  const FileReader& read_;
};

}  // namespace otel::notation
