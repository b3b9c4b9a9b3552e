// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind file: a file added to a package, or replacing one of the same name. If the rule's
// file has hooks, their package is linked: it fills the function variables of the added file.
#pragma once

#include "kinds/kind.h"

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

struct FileWeave : WeaveOfKind {
  std::string rule;
  AddedFile file;

  static constexpr std::string_view kLine = "file";
  static auto fields(auto& self) { return std::tie(self.rule, self.file.name, self.file.text); }
  static void weave(const std::vector<const FileWeave*>&, FileWeaving&) {}
  const AddedFile* added() const { return &file; }
};

}  // namespace otel::kinds
