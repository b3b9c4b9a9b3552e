// SPDX-License-Identifier: Apache-2.0
//
// Canonical types as canonical_type spells them, taken apart: `*"net/http".Client`, `map[string]"p".T[int]`,
// `func(int,...string)(bool,error)`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::types {

// `"net/http".Client`
struct NamedType {
  std::string package;
  std::string name;

  std::string text() const { return "\"" + package + "\"." + name; }
  bool operator==(const NamedType&) const = default;
};

// Of a declared type, without type arguments; nothing for any other type.
std::optional<NamedType> named_type(std::string_view type);

bool is_exported(std::string_view name);

// Of a pointer the type that it points to; else the type itself.
std::string_view without_pointer(std::string_view type);

// Of an array, a pointer to one, a slice, a map, a string or a channel; empty for any other type.
std::string element_type(std::string_view type);

// The results of a func type; nothing for any other type.
std::optional<std::vector<std::string>> result_types(std::string_view type);

// "func(int)(bool,error)"
std::string func_type(const std::vector<std::string>& parameters, const std::vector<std::string>& results);

// The same for `byte` and `uint8`, and for `rune` and `int32`.
std::string without_byte_and_rune(std::string_view type);

}  // namespace otel::types
