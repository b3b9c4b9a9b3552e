// SPDX-License-Identifier: Apache-2.0
//
// Directives over functions, `//otel:span [name] [key=parameter …]`: read, checked, and turned into ordinary
// hooks. For each function a pair of typed Go functions is generated, which call the rule's hooks with what
// the directive asks for:
//
//   //otel:span order.id=id              func Before_x(call *hook.Call, ctx *context.Context, a1 any) {
//   func Pay(ctx context.Context,    →     otelhooks.Before(call, &x_directive, ctx, []any{a1})
//            id int) error               }
//                                        func After_x(call *hook.Call, err error) { … }
//
// These are fitted to the function and woven like anybody's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "weave/go_package.h"

namespace otel::weave {

struct Directive {
  std::string name;                                             // a Go string literal; empty if none is given
  std::vector<std::pair<std::string, std::size_t>> attributes;  // key, and index into receiver and parameters
};

// Whether a comment is this directive, whatever comes behind its words.
bool is_directive(std::string_view comment, std::string_view words);

// Whether any comment of the bytes looks like one with these words, or like another of the same tool
// ("//otel:…"). Cheap: doesn't parse unless the text is there.
bool may_have_directives(const std::string& path, std::string_view bytes, std::string_view words);

// The functions that have the directive. Throws an Error at a comment of the same tool which is another
// directive than those of `known`, or which stands above no function.
std::vector<FoundFunction> find_directives(const GoPackage& package, std::string_view words,
                                           const std::vector<std::string>& known);

// Throws an Error at the word that is wrong.
Directive parse_directive(const FoundFunction& found, std::string_view words);

// The generated functions of one directive.
struct DirectiveHooks {
  std::string before;  // their names; empty where the rule has no such hook
  std::string after;
  std::string text;  // the Go file
};
DirectiveHooks render_directive_hooks(const rules::Rule& rule, const GoPackage& package,
                                      const FoundFunction& found, const Directive& directive,
                                      const std::string& package_name, const std::string& symbol);

// Throws an Error at a hook of the rule that doesn't take what directives pass.
void check_directive_hooks(const rules::Rule& rule, const GoPackage& hooks);

}  // namespace otel::weave
