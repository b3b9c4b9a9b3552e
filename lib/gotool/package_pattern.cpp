// SPDX-License-Identifier: Apache-2.0
#include "gotool/package_pattern.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "base/text.h"
#include "gotool/glob.h"

namespace otel::gotool {
namespace {

bool is_relative(std::string_view pattern) {
  return pattern == "." || pattern == ".." || pattern.substr(0, 2) == "./" || pattern.substr(0, 3) == "../";
}

bool matches_directory(std::string_view pattern, const PatternSubject& subject,
                       const std::string& directory) {
  auto absolute = (std::filesystem::path(directory) / std::string(pattern)).lexically_normal().string();
  if (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  return matches_package_pattern(absolute, subject.directory);
}

bool matches_subject(std::string_view pattern, const PatternSubject& subject, const std::string& directory) {
  if (pattern == "all") return true;
  if (pattern == "std") return subject.standard;
  if (pattern == "cmd") return subject.standard && subject.import_path.substr(0, 4) == "cmd/";
  if (pattern == "work") return subject.of_main_module;
  if (is_relative(pattern)) return matches_directory(pattern, subject, directory);
  return matches_package_pattern(pattern, subject.import_path);
}

// "v2" and the like, which are no package names in a path.
bool is_major_version(std::string_view element) {
  return element.size() > 1 && element[0] == 'v' &&
         element.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

std::string customary_package_name(std::string_view path) {
  auto elements = base::split(path, '/');
  if (elements.empty()) return "";
  auto last = elements.back();
  if (is_major_version(last) && elements.size() > 1) last = elements[elements.size() - 2];
  if (auto dot = last.rfind(".v"); dot != std::string_view::npos) last = last.substr(0, dot);
  return std::string(last);
}

bool matches_package_pattern(std::string_view pattern, std::string_view import_path) {
  return matches_package_glob(pattern, import_path, {.dots = true});
}

std::string per_package_flags(const std::vector<std::string>& values, const PatternSubject& subject,
                              const std::string& directory) {
  std::string flags;
  for (const auto& value : values) {
    auto text = base::trim(value);
    if (text.empty()) {
      if (subject.named) flags.clear();
      continue;
    }
    // A value that starts with a dash or a quote has no pattern and is for the packages named.
    if (text[0] == '-' || text[0] == '\'' || text[0] == '"') {
      if (subject.named) flags = text;
      continue;
    }
    auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    if (matches_subject(base::trim(text.substr(0, equals)), subject, directory))
      flags = base::trim(text.substr(equals + 1));
  }
  return flags;
}

std::string relative_pattern(const std::string& package_directory, const std::string& directory) {
  auto relative = std::filesystem::path(package_directory).lexically_relative(directory).string();
  auto cut = [](char c) { return c == '=' || std::isspace(static_cast<unsigned char>(c)); };
  if (relative.empty() || relative.find("...") != std::string::npos ||
      std::any_of(relative.begin(), relative.end(), cut))
    return "";
  return is_relative(relative) ? relative : "./" + relative;
}

}  // namespace otel::gotool
