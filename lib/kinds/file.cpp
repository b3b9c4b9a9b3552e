// SPDX-License-Identifier: Apache-2.0
#include "kinds/file.h"

#include <fmt/format.h>

#include "base/text.h"
#include "syntax/literal.h"

#include "gocode/glue.h"
#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {
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
  gocode::GoFile added(file.name, file.text);
  for (const auto& import : added.outline.imports)
    into.require_import(rule, rule.place_of("file"), import.path);
  into.weaves.push_back(FileWeave{{}, rule.name, file});
  if (!rule.hooks.empty()) {
    into.sources.read_hooks();
    into.add_glue(rule, "otel_link.go", gocode::render_link(PackageMatch::glue_name(rule.hooks), rule.hooks));
  }
  into.matched.outcomes.push_back({rule.name, fmt::format("{}/{}", into.package.path, file.name), "", false});
}

const KindFacts& AccessorRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "accessor",
      .description = "gives hooks a function that reads what a package doesn't export",
      .keys =
          {{"on", Optional, KeyForm::Text,
            "name and type of what is read, as in \"c *Client\"; without it only package-level names are"},
           {"expression", Required, KeyForm::Text,
            "what is read, as in \"c.opt.Addr, c.opt.DB\": an expression for each result"},
           {"set", Required, KeyForm::Name,
            "exported variable of the hooks with a function type, which is set to the function"}},
      .uses_hooks = true,
      .confinable = true,
      .subject_key = "on",
  };
  return kFacts;
}

AccessorRule AccessorRule::read(const RuleReader& in) {
  auto mistake = [&](std::string_view key, const std::string& what, const std::string& hint) {
    return base::Error(what).at(in.place(key)).hint(hint);
  };
  if (notation::is_package_pattern(in.text("package")))
    throw mistake("package", fmt::format("rule {} of kind accessor needs a single package", in.text("name")),
                  "write an import path without \"...\" and *");
  auto accessor =
      in.has("on") ? usage::parse_accessor_parameter(in.text("on")) : std::optional(usage::Accessor{});
  if (!accessor)
    throw mistake("on", fmt::format("\"{}\" is not a name and a type", in.text("on")),
                  "write it as a Go parameter, as in \"c *Client\"");
  auto expressions = gocode::split_expressions(in.text("expression"));
  if (!expressions)
    throw mistake("expression", fmt::format("\"{}\" is not a list of Go expressions", in.text("expression")),
                  "write one for each result, separated by commas, as in \"c.opt.Addr, c.opt.DB\"");
  accessor->expression = base::join(*expressions, ", ");
  accessor->variable = in.text("set");
  if (accessor->variable.front() < 'A' || accessor->variable.front() > 'Z')
    throw mistake("set", fmt::format("variable {} is not exported", accessor->variable),
                  "the compiler may rely on what it knows of a variable that other packages can't set");
  return {{}, *std::move(accessor)};
}

void AccessorRule::match(const RuleHead& rule, PackageMatch& into) const {
  auto symbol = into.new_symbol(fmt::format("{}_{}", into.prefix, rule.name));
  auto added =
      usage::render_accessor(rule, accessor, into.package, into.sources.read_hooks(), into.prefix, symbol);
  if (!added.missing.empty()) return into.report(rule, added.missing, true);
  if (!into.symbols.insert(fmt::format("{}.{}", rule.hooks, accessor.variable)).second)
    throw base::Error(
        fmt::format("variable {} of rule {} is set by another rule", accessor.variable, rule.name))
        .at(added.variable)
        .hint("use a variable for each package");
  auto name = symbol + "_get.go";
  into.weaves.push_back(FileWeave{{}, rule.name, {name, added.text}});
  into.add_glue(rule, "otel_link.go", gocode::render_link(PackageMatch::glue_name(rule.hooks), rule.hooks));
  auto place = added.type.file.empty() ? fmt::format("{}/{}", into.package.path, name)
                                       : fmt::format("{}:{}", added.type.file, added.type.line);
  into.matched.outcomes.push_back({rule.name, place, "", false});
}

void ImportWeave::weave(const std::vector<const ImportWeave*>& weaves, FileWeaving& into) {
  std::string imports;
  for (const auto* weave : weaves)
    if (into.edits.mentions(weave->name + "."))
      imports += fmt::format("; import {} {}", weave->name, syntax::quote(weave->path));
  // On the line of the package clause, so that none moves.
  if (!imports.empty()) into.edits.insert(into.file.outline.package_name.span.end, imports);
}

}  // namespace otel::kinds
