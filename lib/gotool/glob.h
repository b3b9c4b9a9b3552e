// SPDX-License-Identifier: Apache-2.0
//
// Globs, as patterns of packages and functions have them, in time that grows with glob times text and no
// faster.
#pragma once

#include <string_view>

namespace otel::gotool {

// What in a glob is no ordinary character.
struct Wildcards {
  bool dots = false;  // "...": any text
  bool star = false;  // "*": any text without "/"
  bool mark = false;  // "?": one character but "/"
};

bool matches_glob(std::string_view glob, std::string_view text, Wildcards wildcards);

// A glob of packages, as the go command reads one: "p/..." also matches p (cmd/internal/pkgpattern).
bool matches_package_glob(std::string_view glob, std::string_view import_path, Wildcards wildcards);

}  // namespace otel::gotool
