// SPDX-License-Identifier: Apache-2.0
//
// Any bytes give tokens: in order, within the file, with partners that know each other.
#include "syntax/scanner.h"

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using otel::fuzz::check;
  otel::syntax::SourceFile file("fuzz.go", otel::fuzz::text_of(data, size));
  auto tokens = otel::syntax::scan(file);
  check(tokens.size() > 0, "there is a token");
  check(tokens[tokens.size() - 1].is(otel::syntax::TokenKind::EndOfFile), "the last is EndOfFile");
  std::size_t end = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    check(tokens[i].begin >= end, "tokens don't overlap");
    check(tokens[i].end >= tokens[i].begin, "a token ends behind its begin");
    check(tokens[i].end <= size, "a token is within the file");
    end = tokens[i].end;
    check(file.position(tokens[i].begin).line >= 1, "a token has a line");
    if (!tokens.paired(i)) continue;
    check(tokens[i].partner < tokens.size(), "a partner is a token");
    check(tokens[tokens[i].partner].partner == i, "partners know each other");
  }
  return 0;
}
