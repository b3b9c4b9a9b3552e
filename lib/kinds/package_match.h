// SPDX-License-Identifier: Apache-2.0
//
// One rule against one package, as the kinds of rules see it: what they may ask for, and what they add.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gocode/go_package.h"
#include "kinds/kinds.h"
#include "notation/rule_head.h"
#include "types/source_facts.h"

namespace otel::kinds {

// The result of one rule.
struct RuleOutcome {
  std::string rule;
  std::string place;        // "file:line" of the woven function, type or expression; empty if it is not woven
  std::string reason;       // why not
  bool is_warning = false;  // a user would expect the rule to be woven, so a build prints a warning
  std::string library = {};  // of the rule's file
  // A built-in rule for a package that is not in the build: nobody expects all of these to be woven.
  bool is_absent = false;
};

// The glue between one package of hooks and the functions that they are woven into.
struct GluePackage {
  std::string name;                          // of the package and its directory: "nethttp"
  std::map<std::string, std::string> files;  // base name to Go text
  std::vector<std::string> targets;          // import paths of the woven packages
};

// A function that finds attributes of the resource.
struct Detector {
  std::string hooks;  // import path of its package
  std::string function;
};

// The result of matching all rules, except the weaves of each package.
struct MatchResult {
  std::map<std::string, GluePackage> glue;  // by import path of the hooks
  std::map<std::string, std::string>
      hook_files;                             // generated hooks: path beneath the support module to Go text
  std::map<std::string, Detector> detectors;  // by name of their rule
  std::vector<RuleOutcome> outcomes;
  // By import path of a package: what else it is to import, of which go must know when it plans the build.
  std::map<std::string, std::set<std::string>> imports;
};

// A package of the build and the name in its package clause.
struct NamedPackage {
  std::string name;
  gocode::GoPackage package;
};

// What a kind may ask of the build while one rule is matched.
class MatchSources {
 public:
  MatchSources() = default;
  MatchSources(const MatchSources&) = delete;
  MatchSources& operator=(const MatchSources&) = delete;
  virtual ~MatchSources() = default;

  // The package of the rule's hooks. Throws an Error at the rule's place if there is none that could be
  // linked.
  virtual const gocode::GoPackage& read_hooks() = 0;
  // Whether the hooks of a rule for several packages are in this one or import it.
  virtual bool find_hook_dependency(const std::string& import_path) = 0;
  // Nothing if the build hasn't that package.
  virtual std::optional<NamedPackage> read_package(const std::string& import_path) = 0;
  // What the packages of the build declare.
  virtual types::SourceFacts& source_facts() = 0;
  // Why the package that is matched can't be given one more import; nothing if it can.
  virtual std::optional<std::string> refuse_import(const std::string& path) = 0;
};

struct PackageMatch {
  const gocode::GoPackage& package;
  std::string prefix;  // of the names that weaving adds to the package
  MatchSources& sources;
  // Runs a step. An Error is rethrown, or recorded; then the result is false.
  std::function<bool(const std::function<void()>&)> attempt;
  const std::vector<const RuleBody*>& selected;  // of the build, of all rules
  std::set<std::string>& symbols;                // that are taken, of all packages

  std::vector<Weave>& weaves;
  MatchResult& matched;

  // "otel_r_F", or with a number where another has that name.
  std::string new_symbol(const std::string& wanted);
  // The file of the glue to a rule's hooks.
  void add_glue(const notation::RuleHead& rule, const std::string& file, const std::string& text);
  // "instrumentation_net_http" for otel.runtime/instrumentation/net_http, else the whole path with
  // underscores.
  static std::string glue_name(std::string_view hooks);
  // Sees to it that the package can import a path: because it does so already, or as one more import. Throws
  // an Error at the place if it can't.
  void require_import(const notation::RuleHead& rule, const base::Place& place, const std::string& path);
  // A text of the rule, with names of the package's own for what the rule imports.
  std::string with_imports(const notation::RuleHead& rule, const std::string& text);
  std::string import_name(const notation::RuleHead& rule, const std::string& path);
  // The functions of the package that a rule is for.
  std::vector<gocode::FoundFunction> find_targets(const notation::RuleHead& rule,
                                                  const FunctionSelector& selector);
  // Why a rule isn't woven, or not into one function.
  void report(const notation::RuleHead& rule, std::string reason, bool is_warning);
  void report_at(const notation::RuleHead& rule, const gocode::FoundFunction& function,
                 const std::string& reason, bool is_warning);
  // Whether a rule for several packages skips this one because its hooks import it; reports that.
  bool skips_hook_dependency(const notation::RuleHead& rule, bool is_warning);
};

// The text with everything but letters and digits as underscores.
std::string identifier_of(std::string_view text);

}  // namespace otel::kinds
