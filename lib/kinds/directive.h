// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind directive: hooks around the functions that have a comment `//otel:span [name] [key=parameter
// …]`: read, checked, and turned into ordinary hooks. For each function a pair of typed Go functions is
// generated, which call the rule's hooks with what the directive asks for:
//
//   //otel:span order.id=id              func Before_x(call *hook.Call, ctx *context.Context, a1 any) {
//   func Pay(ctx context.Context,    →     otelhooks.Before(call, &x_directive, ctx, []any{a1})
//            id int) error               }
//                                        func After_x(call *hook.Call, err error) { … }
//
// These are fitted to the function and woven like anybody's.
#pragma once

#include "kinds/function.h"

namespace otel::kinds {

// Woven as FunctionWeave.
struct DirectiveRule : RuleOfKind {
  std::string directive_name;  // "otel:span"
  HookNames hooks;

  static const KindFacts& facts();
  static DirectiveRule read(const RuleReader& in);
  void match(const RuleHead& rule, PackageMatch& into) const;
  std::string subject() const { return "//" + directive_name; }
  std::string missing(const GoPackage& package) const;
  std::optional<Search> search() const;
};

}  // namespace otel::kinds
