// SPDX-License-Identifier: Apache-2.0
//
// One rule file as YAML: its nodes with their places, and values of the forms that are checked alike wherever
// they occur. Private to the readers of rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

#include "base/error.h"
#include "gotool/module_version.h"

namespace otel::notation {

class YamlText {
 public:
  YamlText(const std::string& file, std::string_view text);

  // The document; an Error with its place if it isn't YAML or more than one.
  YAML::Node load() const;

  base::Place place(const YAML::Mark& mark, std::size_t width) const;
  base::Place place(const YAML::Node& node) const;

  // Each throws an Error if the value is of another form. `key` is for messages.
  std::string scalar(const YAML::Node& node, std::string_view key) const;
  bool flag(const YAML::Node& node, std::string_view key) const;
  int integer(const YAML::Node& node, std::string_view key) const;
  YAML::Node list(const YAML::Node& node, std::string_view key) const;
  gotool::VersionRange range(const YAML::Node& node, std::string_view key) const;

  // Throws an Error for an unknown or a duplicate key of a map. `where` follows the message: " in rule r".
  void check_keys(const YAML::Node& map, const std::vector<std::string_view>& known,
                  const std::string& where) const;

 private:
  [[noreturn]] void throw_second_document(const YAML::Mark& mark) const;

  std::string file_;
  std::string_view text_;
  std::vector<std::string_view> lines_;
};

}  // namespace otel::notation
