// SPDX-License-Identifier: Apache-2.0
#include "plan/overlay.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "base/error.h"
#include "base/json.h"
#include "syntax/unicode.h"

namespace otel::plan {
namespace {

using Path = std::filesystem::path;

constexpr std::string_view kReplace = "Replace";
constexpr std::string_view kDirectory = "Directory";

// An empty path is none.
std::string written_path(const std::string& path, const std::string& directory) {
  if (syntax::is_utf8(path)) return path;
  return Path(path).lexically_relative(directory).string();
}

// As encoding/json matches the keys of an object with the fields of a struct, for these names.
bool is_key(std::string_view key, std::string_view field) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(key.begin(), key.end(), field.begin(), field.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

[[noreturn]] void throw_mistake(const std::string& file, std::string message) {
  throw base::Error(std::move(message)).at({file, 0, 0, "", 1});
}

}  // namespace

std::string render_overlay(const Overlay& overlay, const std::string& directory) {
  std::string entries;
  bool relative = false;
  for (const auto& [path, backing] : overlay) {
    auto written = written_path(path, directory), written_backing = written_path(backing, directory);
    relative = relative || written != path || written_backing != backing;
    entries += fmt::format("{}  {}: {}", entries.empty() ? "" : ",\n", base::json_quote(written),
                           base::json_quote(written_backing));
  }
  auto named = relative ? fmt::format(" \"{}\": {},\n", kDirectory, base::json_quote(directory)) : "";
  return fmt::format("{{\n{} \"{}\": {{\n{}\n }}\n}}\n", named, kReplace, entries);
}

std::optional<std::string> find_unwritable(const Overlay& overlay, const std::string& directory) {
  for (const auto& [path, backing] : overlay)
    for (const auto& named : {path, backing})
      if (!syntax::is_utf8(written_path(named, directory))) return named;
  return std::nullopt;
}

Overlay parse_overlay(const std::string& file, std::string_view text, std::string directory) {
  auto read = base::parse_json(text, file, "-overlay");
  if (!read.is_object()) throw_mistake(file, "an overlay must be an object");
  if (const auto* named = read.get_object().if_contains(kDirectory); named && named->is_string())
    directory = named->get_string();
  auto absolute = [&](std::string_view path) {
    return path.empty() ? std::string()
                        : (Path(directory) / syntax::with_valid_utf8(path)).lexically_normal().string();
  };
  Overlay overlay;
  for (const auto& [key, replace] : read.get_object()) {
    if (!is_key(key, kReplace) || replace.is_null()) continue;
    if (!replace.is_object()) throw_mistake(file, "\"Replace\" must be a map");
    for (const auto& [path, backing] : replace.get_object()) {
      if (!backing.is_string())
        throw_mistake(file, fmt::format("the value of {} must be a string", std::string_view(path)));
      overlay[absolute(path)] = absolute(backing.get_string());
    }
  }
  return overlay;
}

}  // namespace otel::plan
