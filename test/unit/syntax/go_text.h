// SPDX-License-Identifier: Apache-2.0
//
// A piece of Go source with all that lib/syntax reads in it, and that as text for tables of expectations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

struct GoText {
  explicit GoText(std::string_view source)
      : file("x.go", std::string(source)), tokens(scan(file)), declared(outline(file, tokens)) {}
  GoText(const GoText&) = delete;
  GoText& operator=(const GoText&) = delete;

  std::string text(Span span) const { return std::string(file.text(span)); }
  // "a b c", or "-" for an empty span.
  std::string texts(const std::vector<Span>& spans, std::string_view separator = " ") const {
    std::string all;
    for (const Span& span : spans) {
      if (&span != &spans.front()) all += separator;
      all += span.empty() ? "-" : text(span);
    }
    return all;
  }

  SourceFile file;
  TokenList tokens;
  Outline declared;
};

// A file with only that declaration, or those, behind its package clause.
inline std::string in_package(std::string_view declarations) {
  return "package p\n" + std::string(declarations) + "\n";
}

}  // namespace otel::syntax
