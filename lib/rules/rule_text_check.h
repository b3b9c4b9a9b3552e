// SPDX-License-Identifier: Apache-2.0
//
// Text of rules that must not get into a compile: comments in Go can be directives for its tools. The
// compiler obeys
// `//go:cgo_ldflag` in every package of the standard library, where a rule may add a file, and hands the
// arguments to the linker, which runs the programs that they name
// (cmd/compile/internal/noder.(*noder).pragma). Functions from values to values.
#pragma once

#include <optional>
#include <string>

#include "rules/rule.h"

namespace otel::rules {

// What is wrong with a text of a rule, and where.
struct TextMistake {
  std::string key;   // of the rule: "file", "insert", "replace", "value" or "field"
  std::string what;  // "rules/added.go:3: //go:cgo_ldflag"
};

// Of any rule: `//go:cgo_…` but for cgo_import_dynamic, which Go allows everywhere; and in an added file
// `import "C"` and `//go:embed`, which go prepares before a compile, when the file isn't there yet.
//
// Of a dependency's rule also: every `//go:` directive but those that concern nothing beyond a declaration
// (`//go:noinline` and its like, `//go:build`) and a `//go:linkname` that stays in the package; `//line` and
// `/*line`, which choose the name that a file is judged by; and a text that is no whole number of tokens, so
// that what it begins is ended by another.
std::optional<TextMistake> find_text_mistake(const Rule& rule);

}  // namespace otel::rules
