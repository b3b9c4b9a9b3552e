// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind file: a file added to a package, or replacing one of the same name. If the rule's
// file has hooks, their package is linked: it fills the function variables of the added file.
//
// Rules of kind accessor: an expression over a type of the package, which needn't be exported, as a function
// for the hooks:
//
//   on: c *baseClient, expression: "c.opt.Addr, c.opt.DB", set: Server
//
// The hooks have the variable, `var Server func(client any) (address string, database int)`, whose type says
// what is passed. A file is added to the package with a function of that type, and with the variable's
// initial value under the variable's own symbol: the linker takes it instead of the hooks' variable, which
// has none. Where the package isn't in the program the variable stays nil.
#pragma once

#include "kinds/kind.h"
#include "usage/accessor_text.h"

namespace otel::kinds {

struct FileRule : RuleOfKind {
  AddedFile file;

  static const KindFacts& facts();
  static FileRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return file.name; }
  std::string missing(const GoPackage&) const { return ""; }
  std::vector<RuleText> texts() const { return {{"file", file.name, &file.text, true}}; }
};

struct AccessorRule : RuleOfKind {
  usage::Accessor accessor;

  static const KindFacts& facts();
  static AccessorRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return accessor.type; }
  std::string missing(const GoPackage&) const { return ""; }
  std::vector<RuleText> texts() const { return {{"expression", "expression", &accessor.expression}}; }
};

struct FileWeave : WeaveOfKind {
  std::string rule;
  AddedFile file;

  static constexpr std::string_view kLine = "file";
  static auto fields(auto& self) { return std::tie(self.rule, self.file.name, self.file.text); }
  static void weave(const std::vector<const FileWeave*>&, FileWeaving&) {}
  const AddedFile* added() const { return &file; }
};

// An import of the files whose edits have its name, which nothing else in the package has.
struct ImportWeave : WeaveOfKind {
  std::string rule;
  std::string name;
  std::string path;

  static constexpr std::string_view kLine = "import";
  static auto fields(auto& self) { return std::tie(self.rule, self.name, self.path); }
  static void weave(const std::vector<const ImportWeave*>& weaves, FileWeaving& into);
};

}  // namespace otel::kinds
