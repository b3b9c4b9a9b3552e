// SPDX-License-Identifier: Apache-2.0
#include "weave/weave_package.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace otel::weave {
namespace {

using gocode::Compilation;
using gocode::FileWeaving;
using gocode::GoFile;
using plan::PackagePlan;

template <typename Weave>
void weave_kind(const PackagePlan& plan, FileWeaving& into) {
  std::vector<const Weave*> weaves;
  for (const auto& weave : plan.weaves)
    if (const auto* of_kind = std::get_if<Weave>(&weave)) weaves.push_back(of_kind);
  if (!weaves.empty()) Weave::weave(weaves, into);
}

template <typename... Weaves>
void weave_kinds(const std::variant<Weaves...>*, const PackagePlan& plan, FileWeaving& into) {
  (weave_kind<Weaves>(plan, into), ...);
}

std::string base_name(const GoFile& file) {
  return std::filesystem::path(file.source.path()).filename().string();
}

// The weave that puts a file of its own in place of this one; null if none does.
const kinds::Weave* find_replacing(const PackagePlan& plan, const GoFile& file) {
  auto name = base_name(file);
  auto replaces = [&](const kinds::Weave& weave) {
    const auto* added = kinds::added(weave);
    return added && added->name == name;
  };
  auto found = std::find_if(plan.weaves.begin(), plan.weaves.end(), replaces);
  return found == plan.weaves.end() ? nullptr : &*found;
}

// The alias needs a newer language than the package may have, which a file can ask for from go1.21 on.
std::string render_variables_file(const std::string& package_name, const Compilation& compilation,
                                  const std::string& variables) {
  return fmt::format(
      "//go:build go1.21\n\npackage {0}\n\nimport {1}_unsafe \"unsafe\"\n\ntype {2} = "
      "{1}_unsafe.Pointer\n\n{3}",
      package_name, compilation.prefix, compilation.pointer(), variables);
}

}  // namespace

WovenPackage weave_package(const PackagePlan& plan, const std::vector<GoFile>& files, bool race_detector) {
  WovenPackage woven;
  Compilation compilation{plan.package, race_detector, plan.prefix};
  std::string variables, package_name;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i].outline.complete) continue;
    FileWeaving weaving{files[i], compilation};
    weave_kinds(static_cast<const kinds::Weave*>(nullptr), plan, weaving);
    const auto* replacing = find_replacing(plan, files[i]);
    for (auto& point : weaving.points) {
      if (replacing && point.refused.empty())
        point.refused = fmt::format("rule {} replaces the file", kinds::rule_of(*replacing));
      woven.points.push_back(std::move(point));
    }
    auto text = replacing ? std::nullopt : weaving.woven();
    if (!text) continue;
    woven.files.push_back({i, base_name(files[i]), *std::move(text)});
    variables += weaving.variables;
    package_name = files[i].outline.package_name.text;
  }
  for (const auto& weave : plan.weaves) {
    variables += kinds::declarations(weave, compilation);
    const auto* added = kinds::added(weave);
    if (!added) continue;
    auto same = std::find_if(files.begin(), files.end(),
                             [&](const GoFile& file) { return base_name(file) == added->name; });
    auto replaced =
        same == files.end() ? std::nullopt : std::optional(static_cast<std::size_t>(same - files.begin()));
    woven.files.push_back({replaced, added->name, added->text});
  }
  if (!variables.empty() && !package_name.empty())
    woven.files.push_back({std::nullopt, std::string(kVariablesFile),
                           render_variables_file(package_name, compilation, variables)});
  return woven;
}

}  // namespace otel::weave
