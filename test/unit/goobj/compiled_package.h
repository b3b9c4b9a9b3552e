// SPDX-License-Identifier: Apache-2.0
//
// Archives of made-up packages, written down here from the format's description (internal/pkgbits and
// cmd/internal/goobj of the Go sources), apart from what reads them. Also for test/fuzz.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"

namespace otel::compiled_package {

inline std::string argument(std::uint32_t value) {
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(value >> shift & 0xff);
  return text;
}

// The first eight bytes of the SHA-256 of what is in front.
inline std::string fingerprint(const std::string& bytes) {
  auto hex = base::sha256_hex(bytes);
  std::string text;
  for (std::size_t i = 0; i < 16; i += 2) text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return text;
}

inline std::string entry(const std::string& name, const std::string& content) {
  char header[61];
  std::snprintf(header, sizeof header, "%-16s%-12s%-6s%-6s%-8s%-10zu`\n", name.c_str(), "0", "0", "0", "644",
                content.size());
  return header + content + (content.size() % 2 != 0 ? std::string(1, '\0') : "");
}

// Export data in front of their fingerprint: the ten sections' elements, of which the first are strings and
// the fourth packages.
inline std::string export_data(const std::vector<std::vector<std::string>>& sections,
                               std::uint32_t version = 2, std::uint32_t flags = 0) {
  std::string counts, ends, content;
  std::uint32_t count = 0;
  for (const auto& section : sections) {
    counts += argument(count += static_cast<std::uint32_t>(section.size()));
    for (const auto& element : section) {
      content += element;
      ends += argument(static_cast<std::uint32_t>(content.size()));
    }
  }
  return argument(version) + argument(flags) + counts + ends + content;
}

// The archive of a package with these export data, whose object has any fingerprint.
inline std::string archive(const std::string& data, const std::string& print) {
  return "!<arch>\n" +
         entry("__.PKGDEF", "go object linux amd64\nbuild id \"a/b\"\n\n$$B\nu" + data + print + "\n$$\n") +
         entry("_go_.o", "go object linux amd64\nbuild id \"a/b\"\n\n!\n" + std::string("\0go120ld", 8) +
                             print + "flags, offsets and symbols");
}
inline std::string archive(const std::string& data) {
  return archive(data, fingerprint(data));
}

// An element of the section of packages: references to strings and packages, then the places of path, name
// and imports among these. All numbers here are less than 128.
inline std::string package(const std::vector<std::pair<int, int>>& references,
                           const std::vector<int>& numbers) {
  std::string text(1, static_cast<char>(references.size()));
  for (auto [section, index] : references) {
    text += static_cast<char>(section);
    text += static_cast<char>(index);
  }
  for (int number : numbers) text += static_cast<char>(number);
  return text;
}

// Package a, which imports b, c and perhaps unsafe; c imports unsafe if `reached`.
inline std::vector<std::vector<std::string>> sections(bool imports_unsafe, bool reached = true) {
  std::vector<std::vector<std::string>> all(10);
  all[0] = {"", "a", "b", "c", "unsafe", "F"};
  all[1] = {"public", "private"};
  auto self = imports_unsafe ? package({{0, 0}, {0, 1}, {3, 1}, {3, 2}, {3, 3}}, {1, 1, 3, 2, 3, 4})
                             : package({{0, 0}, {0, 1}, {3, 1}, {3, 2}}, {1, 1, 2, 2, 3});
  all[3] = {self, package({{0, 0}, {0, 2}}, {1, 1, 0}),
            reached ? package({{0, 0}, {0, 3}, {3, 3}}, {1, 1, 1, 2}) : package({{0, 0}, {0, 3}}, {1, 1, 0}),
            package({{0, 4}}, {0})};
  all[6] = {"an object"};
  all[9] = {"a body"};
  return all;
}

}  // namespace otel::compiled_package
