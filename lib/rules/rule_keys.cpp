// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_keys.h"

namespace otel::rules {

const std::vector<KindFact>& rule_kinds() {
  using enum RuleKind;
  static const std::vector<KindFact> kKinds = {
      {Function, "function", "calls a hook when a function is entered and one when it is left"},
      {Struct, "struct", "adds a field to a struct type"},
      {File, "file", "adds a file to a package, or replaces the file of that name"},
      {Call, "call", "replaces one call expression in a function"},
      {Raw, "raw", "inserts a statement into a function"},
  };
  return kKinds;
}

const std::vector<KeyFact>& rule_keys() {
  using enum RuleKind;
  using enum KeyUse;
  static const std::vector<KeyFact> kKeys = {
      {"name", {}, Required, KeyForm::Name, "letters, digits and _; unique among all rules of a build"},
      {"kind", {}, Required, KeyForm::Name, "one of function, struct, file, call, raw"},
      {"description", {}, Optional, KeyForm::Text, "for readers"},
      {"package", {}, Required, KeyForm::ImportPath, "import path of the package to weave"},
      {"go", {}, Optional, KeyForm::GoRange, "Go releases, as in \">=1.25, <1.27\""},
      {"version",
       {},
       Optional,
       KeyForm::ModuleRange,
       "versions of the package's module, as in \">=v1.7.0, <v2\""},
      {"function", {Function, Call, Raw}, Required, KeyForm::FunctionName, "F, T.M or (*T).M"},
      {"before", {Function}, Optional, KeyForm::Name, "hook to call at entry"},
      {"after", {Function}, Optional, KeyForm::Name, "hook to call at exit"},
      {"struct", {Struct}, Required, KeyForm::Name, "name of the struct type"},
      {"field", {Struct}, Required, KeyForm::Text, "field declaration, \"name type\""},
      {"file", {File}, Required, KeyForm::RelativePath, "Go file, relative to the rule file"},
      {"call", {Call}, Required, KeyForm::Text, "the call expression as it stands in the source"},
      {"replace", {Call}, Required, KeyForm::Text, "the expression to put in its place"},
      {"at", {Raw}, Required, KeyForm::Position, "entry, or return: in front of each return statement"},
      {"insert", {Raw}, Required, KeyForm::Text, "the statement"},
  };
  return kKeys;
}

const std::vector<KeyFact>& file_keys() {
  using enum KeyUse;
  static const std::vector<KeyFact> kKeys = {
      {"library",
       {},
       Required,
       KeyForm::Text,
       "what the rules of this file instrument; the name to disable them by"},
      {"description", {}, Optional, KeyForm::Text, "for readers"},
      {"hooks",
       {},
       Optional,
       KeyForm::ImportPath,
       "import path of the Go package in which hooks are looked up"},
      {"support", {}, Optional, KeyForm::Flag, "true: woven only where a rule of another file is"},
      {"rules", {}, Required, KeyForm::Text, "the list of rules"},
  };
  return kKeys;
}

}  // namespace otel::rules
