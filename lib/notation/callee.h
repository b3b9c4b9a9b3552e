// SPDX-License-Identifier: Apache-2.0
//
// What is called: a function or a method of a package, by import path.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "notation/function_name.h"

namespace otel::notation {

// "net/http.NewRequest", "(*database/sql.DB).Query", "(net/http.Handler).ServeHTTP"
struct Callee {
  std::string package;    // import path
  FunctionName function;  // a method's with its receiver

  std::string text() const;
  bool operator==(const Callee&) const = default;
};

inline constexpr std::string_view kCalleeForms =
    "write import/path.F, (import/path.T).M or (*import/path.T).M, as in net/http.Get or "
    "(*database/sql.DB).Query";

// Nothing if the text is none of the three forms.
std::optional<Callee> parse_callee(std::string_view text);

}  // namespace otel::notation
