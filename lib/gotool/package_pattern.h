// SPDX-License-Identifier: Apache-2.0
//
// Package patterns of per-package flags (`-gcflags=pattern=flags`) and which flags a package gets from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

// Whether an import path matches a pattern with "..." wildcards by the rules of cmd/internal/pkgpattern:
// "net/..." also matches "net". Not for relative patterns.
bool matches_package_pattern(std::string_view pattern, std::string_view import_path);

// The package name that an import path has by custom: "redis" for "…/redis/v9", "x" for "gopkg.in/x.v1".
std::string customary_package_name(std::string_view import_path);

// What a package is to the patterns of one build.
struct PatternSubject {
  std::string import_path;
  std::string directory;  // absolute
  bool named = false;     // by the command line, not only a dependency
  bool standard = false;  // of the standard library
  bool of_main_module = false;
};

// The flags that `go` would pass to the compiler for a package: of the values of all -gcflags in order, the
// last that matches wins (cmd/go/internal/load.PerPackageFlag); empty if none does. `directory` is where the
// command runs.
std::string per_package_flags(const std::vector<std::string>& values, const PatternSubject& subject,
                              const std::string& directory);

// The pattern of the package in a directory for a command that runs in another, both absolute. Go compiles a
// pattern of import paths for each package that it loads; one of a directory is compared as it is
// (cmd/go/internal/load.MatchPackage). Empty if the path can't be in a pattern.
std::string relative_pattern(const std::string& package_directory, const std::string& directory);

}  // namespace otel::gotool
