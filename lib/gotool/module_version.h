// SPDX-License-Identifier: Apache-2.0
//
// Versions of Go modules (semantic versions with a leading v) and of Go releases, and ranges over either.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

// Precedence by golang.org/x/mod/semver.Compare: a pre-release (and so a pseudo-version) comes before its
// release, build metadata doesn't count, "v1.2" means v1.2.0. An invalid version comes before every valid
// one.
std::weak_ordering compare_versions(std::string_view a, std::string_view b);
// Precedence of go lines by cmd/go's gover.Compare: from 1.21 on the language version "1.26" comes before
// 1.26rc1 and 1.26.0, and a go.mod that says it can require no module that says go 1.26.0.
std::weak_ordering compare_go_lines(std::string_view a, std::string_view b);
bool is_valid_version(std::string_view version);

// A conjunction such as ">=v1.7.0, <v2" (modules) or ">=1.25, <1.27" (Go releases, with or without "go").
// Operators: = != < <= > >=; a bare version means "=".
class VersionRange {
 public:
  // Nothing if the text is malformed; then *why is the reason.
  static std::optional<VersionRange> parse(std::string_view text, std::string* why);
  // An unknown (empty) version is in every range.
  bool contains(std::string_view version) const;
  const std::string& text() const { return text_; }

 private:
  struct Bound {
    std::string comparison;
    std::string version;
  };
  std::string text_;
  std::vector<Bound> bounds_;
};

}  // namespace otel::gotool
