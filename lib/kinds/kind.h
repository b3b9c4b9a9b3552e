// SPDX-License-Identifier: Apache-2.0
//
// The interface of a kind of rule. A kind is one header and one source here: a type for the contents of a
// rule, and one of what is then done to a package, a line of the package's plan. kinds.h lists them; all else
// asks through that list, and the compiler refuses a kind that lacks an answer.
//
//   struct StructRule : RuleOfKind
//     static const KindFacts& facts();              its name, its keys, what it does
//     static StructRule read(const RuleReader&);    the values of its keys
//     void match(rule, PackageMatch&) const;        a package → weaves, glue, outcomes
//     std::string subject() const;                  what it looks for, for messages
//     std::string missing(package) const;           that the package hasn't got it
//     and of RuleOfKind what it has more than most
//
//   struct StructWeave : WeaveOfKind                 one line of a plan
//     static constexpr std::string_view kLine;      its first field
//     static fields(self)                           the others, std::tie'd, to write and to read
//     static void weave(weaves, FileWeaving&);      all weaves of the kind into one file
//     and of WeaveOfKind what it has more than most
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "gocode/file_weaving.h"
#include "gocode/go_package.h"
#include "notation/function_selector.h"
#include "notation/key.h"
#include "notation/rule_head.h"

namespace otel::kinds {

using gocode::Compilation;
using gocode::FileWeaving;
using gocode::GoPackage;
using notation::FunctionSelector;
using notation::RuleHead;
using notation::RuleReader;

struct PackageMatch;

struct KindFacts {
  std::string_view name;
  std::string_view description;
  std::vector<notation::KeyFact> keys;  // beside those of every rule, in the order in which they are written
  // Rules that name no package are for the user's own ones: those whose files are local.
  bool for_own_packages = false;
  // Rules that are for each program of the build: they name no package, and are matched once.
  bool for_program = false;
  bool uses_hooks = false;  // the rule's file must have the key "hooks"
  bool needs_hook = false;  // "before" or "after"
  // A dependency's rule needs no consent for packages of its own module.
  bool confinable = false;
  std::string_view subject_key = "";  // that names what is looked for
};

// Go text of a rule.
struct RuleText {
  std::string_view key;
  std::string name;  // for messages
  const std::string* text;
  bool is_file = false;  // a whole Go file, or else a piece of one
};

// Of a rule that may find nothing in most packages it is for: which files concern it, by their text.
struct Search {
  std::string package;  // must be in the build, unless empty
  std::function<bool(const std::string& path, const std::string& bytes)> concerns;
  std::string nothing;  // why the rule is skipped if no file does
};

// What most kinds don't have.
struct RuleOfKind {
  const FunctionSelector* selector() const { return nullptr; }
  std::vector<RuleText> texts() const { return {}; }
  std::optional<Search> search() const { return std::nullopt; }
};

struct AddedFile {
  std::string name;  // base name
  std::string text;
};

struct WeaveOfKind {
  // Once for a package, for its last file, with Compilation::unsafe.
  std::string declarations(const Compilation&) const { return ""; }
  // A file that is added to the package, or replacing one of its name.
  const AddedFile* added() const { return nullptr; }
};

// "package p has no struct type Tt; did you mean "T"?", or that a file doesn't parse if one doesn't.
std::string missing_text(const GoPackage& package, std::string_view what, const std::string& wanted,
                         const std::vector<std::string>& names);
std::string missing_function(const GoPackage& package, const notation::FunctionName& wanted);

}  // namespace otel::kinds
