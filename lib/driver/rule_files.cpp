// SPDX-License-Identifier: Apache-2.0
#include "driver/rule_files.h"

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/error.h"
#include "rules/loader.h"

namespace otel::driver {
namespace {

constexpr std::string_view kBuiltIn = "rulesets/";

void add_built_in(std::vector<rules::Rule>& rules) {
  auto read = [](const std::string& relative) -> std::optional<std::string> {
    auto text = base::find_embedded(std::string(kBuiltIn) + relative);
    return text ? std::optional<std::string>(*text) : std::nullopt;
  };
  for (const auto& file : base::embedded_files()) {
    bool rule_file = file.path.substr(0, kBuiltIn.size()) == kBuiltIn && file.path.size() > 5 &&
                     file.path.substr(file.path.size() - 5) == ".yaml";
    if (!rule_file) continue;
    auto added = rules::parse_rules(std::string(file.path), file.text, read);
    rules.insert(rules.end(), added.begin(), added.end());
  }
}

}  // namespace

std::vector<base::Path> find_rule_files(const std::vector<std::string>& named) {
  std::vector<base::Path> files;
  for (const auto& name : named) {
    auto path = std::filesystem::absolute(name);
    if (!std::filesystem::exists(path))
      throw base::Error(fmt::format("no rule file {}", name))
          .hint("--rules names a file or a folder")
          .status(base::kExitUsage);
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : base::list_folder(path))
      if (auto extension = base::Path(entry).extension(); extension == ".yaml" || extension == ".yml")
        files.push_back(path / entry);
  }
  return files;
}

std::vector<rules::Rule> read_rules(const std::vector<base::Path>& files) {
  std::vector<rules::Rule> rules;
  add_built_in(rules);
  for (const auto& file : files) {
    auto read = [&](const std::string& relative) {
      return base::read_file_if_present(file.parent_path() / relative);
    };
    auto added = rules::parse_rules(file.string(), base::read_file(file), read);
    rules.insert(rules.end(), added.begin(), added.end());
  }
  rules::check_unique_names(rules);
  return rules;
}

}  // namespace otel::driver
