// SPDX-License-Identifier: Apache-2.0
//
// Parameter lists and type parameter lists to their entries. The difficulty is that `(a, b)` are two types,
// and `(a, b c)` two names: only the whole list tells.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::syntax {

// One entry, in token indices.
struct ParameterTokens {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  std::size_t name = kNone;
  std::size_t dots = kNone;  // of a variadic parameter
  std::size_t type = kNone;  // the first token of the type
  std::size_t type_end = 0;  // after its last
};

struct ParameterList {
  std::vector<ParameterTokens> entries;  // each has a type
  bool complete = true;                  // false if an entry was left out or did not read as a parameter
};

// The entries between the parentheses, or brackets of type parameters, that open at a token and are paired.
ParameterList read_parameters(const TokenList& tokens, std::size_t open);

Name make_name(const SourceFile& file, const TokenList& tokens, std::size_t token);
std::vector<Parameter> make_parameters(const SourceFile& file, const TokenList& tokens,
                                       const ParameterList& list);
std::vector<TypeParameter> make_type_parameters(const SourceFile& file, const TokenList& tokens,
                                                const ParameterList& list);
// Of the first entry, which must be there; no base if its type is not a possible receiver.
Receiver make_receiver(const SourceFile& file, const TokenList& tokens, const ParameterTokens& entry);

}  // namespace otel::syntax
