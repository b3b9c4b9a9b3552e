// SPDX-License-Identifier: Apache-2.0
#include "published/hook_module.h"

#include <charconv>
#include <fmt/format.h>

#include "base/embedded.h"
#include "base/error.h"
#include "base/text.h"
#include "base/version.h"

namespace otel::published {
namespace {

constexpr std::string_view kSources = "go-hook/";

std::string read_path() {
  constexpr std::string_view kModule = "module ";
  auto text = base::find_embedded("go-hook/go.mod").value_or("");
  if (!text.starts_with(kModule)) throw base::Error("go-hook/go.mod has no module line");
  return std::string(text.substr(kModule.size(), text.find('\n') - kModule.size()));
}

}  // namespace

const std::string& hook_module() {
  static const std::string kPath = read_path();
  return kPath;
}

const std::string& hook_module_version() {
  static const std::string kVersion = fmt::format("v{}", base::otel_version());
  return kVersion;
}

bool is_in_hook_module(std::string_view import_path) {
  const auto& module = hook_module();
  return import_path.starts_with(module) &&
         (import_path.size() == module.size() || import_path[module.size()] == '/');
}

ModuleTexts hook_module_files() {
  ModuleTexts files;
  for (const auto& file : base::embedded_files())
    if (file.path.starts_with(kSources)) files[std::string(file.path.substr(kSources.size()))] = file.text;
  return files;
}

ModuleTexts hook_module_sources() {
  auto files = hook_module_files();
  std::erase_if(files, [](const auto& file) {
    const auto& path = file.first;
    return path != "go.mod" && (!path.ends_with(".go") || path.ends_with("_test.go"));
  });
  return files;
}

int parse_api_level(std::string_view text) {
  constexpr std::string_view kConstant = "const APILevel = ";
  int level = 0;
  for (auto line : base::split_lines(text))
    if (line.starts_with(kConstant))
      std::from_chars(line.data() + kConstant.size(), line.data() + line.size(), level);
  return level;
}

}  // namespace otel::published
