// SPDX-License-Identifier: Apache-2.0
#include "kinds/file.h"

#include <fmt/format.h>
#include <set>

#include "gocode/glue.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
namespace {

// go compiles a package with the imports of its own files; one that leads back would be a cycle.
void check_imports(const RuleHead& rule, const AddedFile& file, PackageMatch& into) {
  const auto& package = into.package;
  std::set<std::string> imported = {"unsafe"};
  for (const auto& own : package.files)
    for (const auto& import : own.outline.imports) imported.insert(import.path);
  gocode::GoFile added(file.name, file.text);
  for (const auto& import : added.outline.imports) {
    if (imported.count(import.path)) continue;
    bool cycle = import.path == package.path || into.sources.find_import(import.path, package.path);
    throw base::Error(
        cycle ? fmt::format("import cycle: {} of rule {} would make {} import {}, which imports {}",
                            file.name, rule.name, package.path, import.path, package.path)
              : fmt::format("{} of rule {} imports {}, which package {} doesn't import", file.name, rule.name,
                            import.path, package.path))
        .at(rule.place_of("file"))
        .hint("import only what the package imports; use hooks of a function rule for the rest");
  }
}

}  // namespace

const KindFacts& FileRule::facts() {
  static const KindFacts kFacts = {
      .name = "file",
      .description = "adds a file to a package, or replaces the file of that name",
      .keys = {{"file", notation::KeyUse::Required, notation::KeyForm::RelativePath,
                "Go file, relative to the rule file"}},
  };
  return kFacts;
}

FileRule FileRule::read(const RuleReader& in) {
  auto path = in.text("file");
  auto name = path.substr(path.rfind('/') + 1);
  if (path.starts_with("/"))
    throw base::Error(fmt::format("\"{}\" is an absolute path", path))
        .at(in.place("file"))
        .hint("write it relative to the rule file");
  // Go skips files whose names begin so, and the compiler takes _cgo_… for cgo's own.
  if (!name.ends_with(".go") || name.starts_with("_") || name.starts_with("."))
    throw base::Error(fmt::format("\"{}\" is not the name of a Go file", name)).at(in.place("file"));
  auto text = in.read_file(path);
  if (!text)
    throw base::Error(fmt::format("file {} not found; its path is relative to the rule file", path))
        .at(in.place("file"));
  return {{}, {name, *std::move(text)}};
}

void FileRule::match(const RuleHead& rule, PackageMatch& into) const {
  check_imports(rule, file, into);
  into.weaves.push_back(FileWeave{{}, rule.name, file});
  if (!rule.hooks.empty()) {
    into.sources.read_hooks();
    into.add_glue(rule, "otel_link.go", gocode::render_link(PackageMatch::glue_name(rule.hooks), rule.hooks));
  }
  into.matched.outcomes.push_back({rule.name, fmt::format("{}/{}", into.package.path, file.name), "", false});
}

}  // namespace otel::kinds
