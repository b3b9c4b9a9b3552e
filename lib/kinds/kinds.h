// SPDX-License-Identifier: Apache-2.0
//
// The table of kinds: the contents of a rule, and a change to a package, are each one of these. kind.h
// describes the interface; a kind is in its own header and source, and here.
#pragma once

#include <variant>
#include <vector>

#include "kinds/call.h"
#include "kinds/detector.h"
#include "kinds/directive.h"
#include "kinds/file.h"
#include "kinds/function.h"
#include "kinds/literal.h"
#include "kinds/raw.h"
#include "kinds/struct.h"
#include "kinds/value.h"
#include "kinds/wrap.h"

namespace otel::kinds {

// In the order in which documents have them.
using RuleBody = std::variant<FunctionRule, StructRule, FileRule, CallRule, RawRule, WrapRule, AppendRule,
                              LiteralRule, DirectiveRule, ValueRule, AccessorRule, DetectorRule>;
// In the order in which they go into a file: a wrap leaves alone what a call or a value has replaced, and
// what is appended goes around what others make of arguments and callees; imports are of what the others have
// put in.
using Weave = std::variant<FunctionWeave, StructWeave, CallWeave, CalleeWeave, RawWeave, ValueWeave,
                           WrapWeave, LiteralWeave, AppendWeave, FileWeave, ImportWeave>;

// One entry for each of RuleBody.
struct Kind {
  const KindFacts* facts;
  RuleBody (*read)(const RuleReader& in);
};
const std::vector<Kind>& all_kinds();

// What every kind answers.
const KindFacts& facts(const RuleBody& body);
const FunctionSelector* selector(const RuleBody& body);
std::vector<RuleText> texts(const RuleBody& body);
std::optional<Search> search(const RuleBody& body);
std::string subject(const RuleBody& body);
std::string missing(const RuleBody& body, const GoPackage& package);
void match(const RuleBody& body, const RuleHead& rule, PackageMatch& into);

const std::string& rule_of(const Weave& weave);
std::string declarations(const Weave& weave, const Compilation& compilation);
const AddedFile* added(const Weave& weave);

}  // namespace otel::kinds
