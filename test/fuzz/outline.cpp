// SPDX-License-Identifier: Apache-2.0
//
// Any bytes give an outline whose spans are within the file, and whose bodies are braces.
#include "syntax/outline.h"

#include "syntax/returns.h"

#include "fuzz.h"

namespace {

using namespace otel::syntax;
using otel::fuzz::check;

void check_span(Span span, const SourceFile& file) {
  check(span.begin <= span.end && span.end <= file.bytes().size(), "a span is within the file");
}

void check_parameters(const std::vector<Parameter>& parameters, const SourceFile& file) {
  for (const auto& parameter : parameters) {
    check_span(parameter.name.span, file);
    check_span(parameter.type, file);
    check(file.text(parameter.name.span) == parameter.name.text, "a name is where its span is");
  }
}

void check_function(const Function& function, const SourceFile& file, const TokenList& tokens) {
  check_span(function.span, file);
  check_span(function.params_list, file);
  check_span(function.results_list, file);
  check_parameters(function.params, file);
  check_parameters(function.results, file);
  if (function.receiver) check_span(function.receiver->type, file);
  if (!function.body) return;
  check(file.bytes()[function.body->open] == '{' && file.bytes()[function.body->close] == '}',
        "a body has braces");
  for (const auto& statement : returns(tokens, *function.body)) {
    check_span(statement.statement, file);
    check_span(statement.expressions, file);
    check(statement.statement.begin > function.body->open && statement.statement.end <= function.body->close,
          "a return is in the body");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceFile file("fuzz.go", otel::fuzz::text_of(data, size));
  auto tokens = scan(file);
  auto read = outline(file, tokens);
  check(read.package_end <= size, "the package clause is within the file");
  for (const auto& import : read.imports) check_span(import.span, file);
  for (const auto& function : read.functions) check_function(function, file, tokens);
  for (const auto& decl : read.types) check_span(decl.type, file);
  for (const auto& decl : read.structs)
    check(decl.body.open < decl.body.close && decl.body.close < size, "a struct has braces");
  for (const auto* values : {&read.variables, &read.constants})
    for (const auto& value : *values) check_span(value.value, file);
  return 0;
}
