// SPDX-License-Identifier: Apache-2.0
//
// The format of what otel caches and uses later: named sections of text and, at the end, a
// digest of all of it. A record that was cut short, mixed up or changed by anything else is none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace otel::plan {

// By name: lower-case letters. A section's text may hold any bytes.
using Sections = std::map<std::string, std::string, std::less<>>;

// For each section "name size", a line end, and as many bytes; then "end" and the digest of what stands
// before.
std::string render_record(const Sections& sections);

// What render_record was given; nothing for any other text.
std::optional<Sections> parse_record(std::string_view text);

}  // namespace otel::plan
