// SPDX-License-Identifier: Apache-2.0
//
// The name of a Go function or method, as rules and plans write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otel::notation {

// "F", "T.M" or "(*T).M".
struct FunctionName {
  std::string receiver;  // base type name; empty for a function
  bool pointer = false;
  std::string name;

  std::string text() const;
  bool operator==(const FunctionName&) const = default;
};

// Nothing if the text is none of the three forms. The type parameters of a generic receiver may be written
// as blanks, "T[_].M" or "(*T[_, _]).M"; they don't distinguish methods.
std::optional<FunctionName> parse_function_name(std::string_view text);

// The text without such blanks: "(*T[_]).M" is "(*T).M".
std::string without_type_blanks(std::string_view text);

}  // namespace otel::notation
