// SPDX-License-Identifier: Apache-2.0
#include "plan/overlay.h"

#include <filesystem>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "base/error.h"
#include "base/text.h"

namespace otel::plan {

std::string render_overlay(const Overlay& overlay) {
  std::string text = "{\n \"Replace\": {\n";
  bool first = true;
  for (const auto& [path, backing] : overlay) {
    text += fmt::format("{}  {}: {}", first ? "" : ",\n", base::json_quote(path), base::json_quote(backing));
    first = false;
  }
  return text + "\n }\n}\n";
}

// JSON is read as the YAML that it is also.
Overlay parse_overlay(const std::string& file, std::string_view text, const std::string& folder) {
  auto absolute = [&](const std::string& path) {
    return path.empty() ? path : (std::filesystem::path(folder) / path).lexically_normal().string();
  };
  Overlay overlay;
  try {
    auto replace = YAML::Load(std::string(text))["Replace"];
    if (replace && !replace.IsMap()) throw base::Error("\"Replace\" must be a map").at({file, 0, 0, "", 1});
    for (const auto& entry : replace)
      overlay[absolute(entry.first.Scalar())] = absolute(entry.second.Scalar());
  } catch (const YAML::Exception& failed) {
    throw base::Error(fmt::format("-overlay: {}", failed.msg))
        .at({file, static_cast<std::size_t>(std::max(0, failed.mark.line)) + 1, 0, "", 1});
  }
  return overlay;
}

}  // namespace otel::plan
