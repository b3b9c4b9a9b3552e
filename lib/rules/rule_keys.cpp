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
      {Wrap, "wrap", "has a function of the hooks used in the place of one of another package"},
      {Directive, "directive", "calls hooks around the functions that have a directive, as in `//otel:span`"},
      {Value, "value", "sets the initial value of a package-level variable, or the value of a constant"},
  };
  return kKinds;
}

bool is_for_own_packages(RuleKind kind) {
  return kind == RuleKind::Wrap || kind == RuleKind::Directive;
}

const std::vector<KeyFact>& rule_keys() {
  using enum RuleKind;
  using enum KeyUse;
  static const std::vector<KeyFact> kKeys = {
      {"name", {}, Required, KeyForm::Name, "letters, digits and _; unique among all rules of a build"},
      {"kind",
       {},
       Required,
       KeyForm::Name,
       "one of function, struct, file, call, raw, wrap, directive, value"},
      {"description", {}, Optional, KeyForm::Text, "for readers"},
      {"override",
       {},
       Optional,
       KeyForm::Flag,
       "true: takes the place of the rule of that name in a source before this one"},
      {"package",
       {},
       OptionalWhereOwn,
       KeyForm::PackagePattern,
       "import path of the package to weave, or a pattern of several; a rule of kind wrap or directive "
       "without "
       "it is for the user's own"},
      {"go", {}, Optional, KeyForm::GoRange, "Go releases, as in \">=1.25, <1.27\""},
      {"version",
       {},
       Optional,
       KeyForm::ModuleRange,
       "versions of the package's module, as in \">=v1.7.0, <v2\""},
      {"function",
       {Function, Call, Raw},
       Required,
       KeyForm::FunctionPattern,
       "F, T.M or (*T).M; or a pattern of several (kinds function and raw)"},
      {"where",
       {Function, Raw},
       Optional,
       KeyForm::Condition,
       "conditions on the function's signature and file, see below"},
      {"order",
       {Function, Call, Raw},
       Optional,
       KeyForm::Integer,
       "of several rules on one function the lowest is entered first and left last; default 0, equal ones in "
       "the "
       "order of the files"},
      {"before", {Function, Directive}, Optional, KeyForm::Name, "hook to call at entry"},
      {"after", {Function, Directive}, Optional, KeyForm::Name, "hook to call at exit"},
      {"struct", {Struct}, Required, KeyForm::Name, "name of the struct type"},
      {"field", {Struct}, Required, KeyForm::Text, "field declaration, \"name type\""},
      {"file", {File}, Required, KeyForm::RelativePath, "Go file, relative to the rule file"},
      {"call", {Call}, Required, KeyForm::Text, "the call expression as it stands in the source"},
      {"replace", {Call}, Required, KeyForm::Text, "the expression to put in its place"},
      {"at", {Raw}, Required, KeyForm::Position, "entry, or return: in front of each return statement"},
      {"insert", {Raw}, Required, KeyForm::Text, "the statement"},
      {"callee", {Wrap}, Required, KeyForm::Callee, "the function that is replaced, import/path.F"},
      {"with", {Wrap}, Required, KeyForm::Name, "function of the hooks, of the same signature"},
      {"directive", {Directive}, Required, KeyForm::Directive, "its words, as in otel:span"},
      {"variable", {Value}, Required, KeyForm::Name, "name of the variable or constant"},
      {"value", {Value}, Required, KeyForm::Text, "the expression"},
  };
  return kKeys;
}

const std::vector<ConditionKeyFact>& condition_keys() {
  static const std::vector<ConditionKeyFact> kKeys = {
      {"first_parameter", Test::FirstParameter, KeyForm::GoType, "type of the first parameter"},
      {"last_parameter", Test::LastParameter, KeyForm::GoType, "type of the last parameter"},
      {"has_parameter", Test::HasParameter, KeyForm::GoType, "type of some parameter"},
      {"first_result", Test::FirstResult, KeyForm::GoType, "type of the first result"},
      {"last_result", Test::LastResult, KeyForm::GoType, "type of the last result"},
      {"has_result", Test::HasResult, KeyForm::GoType, "type of some result"},
      {"parameters", Test::Parameters, KeyForm::Count,
       "number of parameters, the receiver aside: 2, \">=1\""},
      {"results", Test::Results, KeyForm::Count, "number of results"},
      {"imports", Test::Imports, KeyForm::PackagePattern,
       "import path, or a pattern, that the function's file imports"},
      {"function", Test::Function, KeyForm::FunctionPattern, "name or pattern of the function"},
      {"package", Test::Package, KeyForm::PackagePattern, "import path or pattern of the function's package"},
      {"exported", Test::Exported, KeyForm::Flag,
       "whether the function, and its receiver's type, is exported"},
      {"all", Test::All, KeyForm::Conditions, "a list of conditions that all hold"},
      {"any", Test::Any, KeyForm::Conditions, "a list of conditions of which one holds"},
      {"not", Test::Not, KeyForm::Condition, "conditions that do not all hold"},
  };
  return kKeys;
}

const std::vector<KeyFact>& trust_keys() {
  using enum KeyUse;
  static const std::vector<KeyFact> kKeys = {
      {"module",
       {},
       Required,
       KeyForm::PackagePattern,
       "path of a module whose rules may do all, or a pattern"},
      {"version", {}, Optional, KeyForm::ModuleRange, "versions of the module, as in \">=v1.7.0, <v2\""},
      {"digest",
       {},
       Optional,
       KeyForm::Digest,
       "of its rules, as `otel rules trust` writes it: rules that change need consent anew"},
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
      {"otel",
       {},
       Optional,
       KeyForm::OtelRange,
       "releases of otel that the file is for, as in \">=0.1, <0.2\"; any other refuses to build"},
      {"hooks",
       {},
       Optional,
       KeyForm::ImportPath,
       "import path of the Go package in which hooks are looked up"},
      {"support", {}, Optional, KeyForm::Flag, "true: woven only where a rule of another file is"},
      {"disable",
       {},
       Optional,
       KeyForm::Names,
       "a list of rules, libraries and modules of dependencies whose rules are left out"},
      {"trust",
       {},
       Optional,
       KeyForm::TrustEntries,
       "a list of modules of dependencies whose rules may do all; counts in files of the project and of "
       "--rules"},
      {"rules", {}, Required, KeyForm::Rules, "the list of rules"},
  };
  return kKeys;
}

}  // namespace otel::rules
