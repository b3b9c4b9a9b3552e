// SPDX-License-Identifier: Apache-2.0
#include "toolexec/build_info.h"

#include <fmt/format.h>

#include "base/text.h"
#include "plan/overlay.h"
#include "toolexec/fetched_positions.h"

namespace otel::toolexec {
namespace {

using base::Path;

// In the importcfg the modules are one Go string, in which tabs and ends of lines are written \t and \n
// (runtime/debug.BuildInfo.String).
constexpr std::string_view kVendored = R"(\n=>\t./vendor/)";

// `=>\tpath\tversion\t` for a replacement that the user's go.mod has; empty if there is none.
std::string replacement_of(std::string_view module, std::string_view vendor_list) {
  auto start = fmt::format("# {} ", module);
  for (auto line : base::split_lines(vendor_list)) {
    auto arrow = line.find(" => ");
    if (!line.starts_with(start) || arrow == std::string_view::npos) continue;
    auto arguments = base::split(base::trim(line.substr(arrow + 4)), ' ');
    return fmt::format(R"(\n=>\t{}\t{}\t)", arguments[0], arguments.size() > 1 ? arguments[1] : "(devel)");
  }
  return R"(\t)";
}

// vendor/modules.txt of the project, found by the go.mod that the overlay shows in a vendored module's
// directory.
Path find_vendor_list(const plan::Overlay& overlay, const Path& cache) {
  auto generated = (cache / "generated" / "").string();
  for (const auto& [path, backing] : overlay) {
    auto vendor = path.find("/vendor/");
    if (vendor == std::string::npos || !path.ends_with("/go.mod") || !backing.starts_with(generated))
      continue;
    // The directories above may be called so too.
    for (; vendor != std::string::npos; vendor = path.find("/vendor/", vendor + 1))
      if (auto list = Path(path.substr(0, vendor)) / "vendor" / "modules.txt"; base::find_any(list))
        return list;
  }
  return {};
}

std::string with_original_modules(const std::string& importcfg, const plan::Overlay& overlay,
                                  const Path& cache) {
  auto rewritten = with_fetched_version(importcfg, overlay, cache);
  if (rewritten.find(kVendored) == std::string::npos) return rewritten;
  auto list = find_vendor_list(overlay, cache);
  return list.empty() ? rewritten : with_vendored_modules(rewritten, base::read_file(list));
}

}  // namespace

std::string with_vendored_modules(std::string_view importcfg, std::string_view vendor_list) {
  std::string text;
  std::size_t done = 0;
  for (auto at = importcfg.find(kVendored); at != std::string_view::npos;
       at = importcfg.find(kVendored, at + 1)) {
    auto begin = at + kVendored.size();
    auto end = importcfg.find(R"(\t(devel)\t)", begin);
    if (end == std::string_view::npos) break;
    auto module = importcfg.substr(begin, end - begin);
    auto replacement = replacement_of(module, vendor_list);
    text += importcfg.substr(done, at - done);
    text += replacement;
    done = end + std::string_view(R"(\t(devel)\t)").size();
    // Behind a replacement there is an empty line.
    if (replacement == R"(\t)" && importcfg.substr(done).starts_with(R"(\n\n)")) done += 2;
  }
  return text + std::string(importcfg.substr(done));
}

std::vector<std::string> write_link_modules(std::vector<std::string> arguments, const Path& cache,
                                            const Path& overlay_file) {
  for (std::size_t i = 1; i + 1 < arguments.size(); ++i) {
    if (arguments[i] != "-importcfg") continue;
    auto text = base::read_file_if_present(arguments[i + 1]).value_or("");
    auto overlay = base::read_file(overlay_file);
    if (text.find(kVendored) == std::string::npos && !shows_fetched(overlay, cache)) return arguments;
    auto rewritten =
        with_original_modules(text, plan::parse_overlay(overlay_file.string(), overlay, ""), cache);
    if (rewritten == text) return arguments;
    arguments[i + 1] += ".otel";
    base::write_file(arguments[i + 1], rewritten);
    return arguments;
  }
  return arguments;
}

}  // namespace otel::toolexec
