// SPDX-License-Identifier: Apache-2.0
#include "kinds/package_match.h"

#include <cctype>
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

#include "gocode/rule_targets.h"
#include "gocode/rule_text.h"
#include "gocode/support_module.h"
#include "types/implements.h"

namespace otel::kinds {

std::string identifier_of(std::string_view text) {
  std::string name;
  for (char c : text) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

std::string PackageMatch::new_symbol(const std::string& wanted) {
  auto name = identifier_of(wanted), chosen = name;
  for (int i = 2; !symbols.insert(chosen).second; ++i) chosen = fmt::format("{}_{}", name, i);
  return chosen;
}

std::string PackageMatch::glue_name(std::string_view hooks) {
  auto own = fmt::format("{}/", gocode::kSupportModule);
  if (hooks.starts_with(own)) hooks.remove_prefix(own.size());
  return identifier_of(hooks);
}

void PackageMatch::add_glue(const notation::RuleHead& rule, const std::string& file,
                            const std::string& text) {
  auto& glue = matched.glue[rule.hooks];
  glue.name = glue_name(rule.hooks);
  glue.targets.push_back(package.path);
  glue.files[file] = text;
}

void PackageMatch::require_import(const notation::RuleHead& rule, const base::Place& place,
                                  const std::string& path) {
  if (path == "unsafe") return;
  for (const auto& file : package.files)
    for (const auto& import : file.outline.imports)
      if (import.path == path) return;
  if (auto refused = sources.refuse_import(path))
    throw base::Error(fmt::format("rule {} imports {}, which package {} doesn't import, and {}", rule.name,
                                  path, package.path, *refused))
        .at(place)
        .hint("import only what the package imports; use hooks of a function rule for the rest");
  matched.imports[package.path].insert(path);
}

// One name for each path, whichever rules have it.
std::string PackageMatch::import_name(const notation::RuleHead& rule, const std::string& path) {
  auto wanted = fmt::format("{}_i_{}", prefix, identifier_of(path)), name = wanted;
  int count = 1;
  for (const auto& weave : weaves) {
    const auto* import = std::get_if<ImportWeave>(&weave);
    if (import && import->path == path) return import->name;
    if (import && import->name == name) name = fmt::format("{}_{}", wanted, ++count);
  }
  weaves.push_back(ImportWeave{{}, rule.name, name, path});
  return name;
}

std::string PackageMatch::with_imports(const notation::RuleHead& rule, const std::string& text) {
  std::map<std::string, std::string> names;
  for (const auto& import : rule.imports) {
    if (!gocode::has_qualifier(text, import.name)) continue;
    require_import(rule, import.place, import.path);
    names[import.name] = import_name(rule, import.path);
  }
  return names.empty() ? text : gocode::rename_qualifiers(text, names);
}

std::vector<gocode::FoundFunction> PackageMatch::find_targets(const notation::RuleHead& rule,
                                                              const FunctionSelector& selector) {
  auto& facts = sources.source_facts();
  std::set<std::string> unknown;
  auto implements = [&](const std::string& type, const std::string& written, const std::string& own_package) {
    auto interface = types::interface_type(written, own_package);
    auto named = types::named_type(interface);
    if (named && !facts.find_package(named->package)) {
      unknown.insert(named->package);
      return false;
    }
    if (named && facts.object(named->package, named->name).empty())
      throw base::Error(
          fmt::format("rule {}: package {} has no interface {}", rule.name, named->package, named->name))
          .at(rule.place_of("where"))
          .hint("write import/path.Name");
    if (named && facts.underlying(*named) != "interface" &&
        !facts.object(named->package, named->name).starts_with("alias "))
      throw base::Error(fmt::format("rule {}: {} is not an interface", rule.name, written))
          .at(rule.place_of("where"));
    return types::implements(facts, type, interface);
  };
  auto found = gocode::find_targets(selector, package, implements);
  if (found.empty() && !unknown.empty())
    report(rule,
           fmt::format("\"where\" has interfaces of packages that are not in this build: {}",
                       base::join({unknown.begin(), unknown.end()}, ", ")),
           false);
  return found;
}

void PackageMatch::report(const notation::RuleHead& rule, std::string reason, bool is_warning) {
  matched.outcomes.push_back({rule.name, "", std::move(reason), is_warning});
}

void PackageMatch::report_at(const notation::RuleHead& rule, const gocode::FoundFunction& function,
                             const std::string& reason, bool is_warning) {
  auto place = function.file->source.place(function.function->name.span);
  report(rule, fmt::format("{}:{}: {}", place.file, place.line, reason), is_warning);
}

bool PackageMatch::skips_hook_dependency(const notation::RuleHead& rule, bool is_warning) {
  if (!sources.find_hook_dependency(package.path)) return false;
  report(rule, fmt::format("its hooks in {} import {}", rule.hooks, package.path), is_warning);
  return true;
}

}  // namespace otel::kinds
