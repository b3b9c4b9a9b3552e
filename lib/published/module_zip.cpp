// SPDX-License-Identifier: Apache-2.0
#include "published/module_zip.h"

#include <array>
#include <cstdint>
#include <fmt/format.h>

#include "base/digest.h"

namespace otel::published {
namespace {

// The checksum of zip files: CRC-32 with the reflected polynomial 0xedb88320 (ISO 3309).
std::uint32_t crc32(std::string_view bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      auto value = i;
      for (int bit = 0; bit < 8; ++bit) value = value & 1 ? value >> 1 ^ 0xedb88320 : value >> 1;
      table[i] = value;
    }
    return table;
  }();
  std::uint32_t crc = 0xffffffff;
  for (unsigned char byte : bytes) crc = crc >> 8 ^ kTable[(crc ^ byte) & 0xff];
  return ~crc;
}

void append(std::string& to, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> 8 * i & 0xff);
}

constexpr std::uint32_t kVersion = 20;  // of the format: the oldest with directories
constexpr std::uint32_t kFirstOfJanuary1980 =
    33;  // the earliest date: year, month and day in 7, 4 and 5 bits

// What the header of a file and its entry in the central directory have in common: from the version to the
// lengths of the name and of no extra field.
std::string render_facts(const std::string& name, std::string_view text) {
  std::string facts;
  append(facts, kVersion, 2);
  append(facts, 0, 2);  // flags
  append(facts, 0, 2);  // stored
  append(facts, 0, 2);  // midnight
  append(facts, kFirstOfJanuary1980, 2);
  append(facts, crc32(text), 4);
  append(facts, static_cast<std::uint32_t>(text.size()), 4);
  append(facts, static_cast<std::uint32_t>(text.size()), 4);
  append(facts, static_cast<std::uint32_t>(name.size()), 2);
  append(facts, 0, 2);
  return facts;
}

std::string render_entry(const std::string& facts, const std::string& name, std::uint32_t offset) {
  std::string entry = "PK\x01\x02";
  append(entry, kVersion, 2);  // made by, on a system that knows no modes
  entry += facts;
  append(entry, 0, 2);  // length of the comment
  append(entry, 0, 2);  // disk
  append(entry, 0, 2);  // internal attributes
  append(entry, 0, 4);  // external attributes
  append(entry, offset, 4);
  return entry + name;
}

std::string render_end(std::uint32_t entries, std::uint32_t size, std::uint32_t offset) {
  std::string end = "PK\x05\x06";
  append(end, 0, 2);  // disk
  append(end, 0, 2);  // disk of the central directory
  append(end, entries, 2);
  append(end, entries, 2);
  append(end, size, 4);
  append(end, offset, 4);
  append(end, 0, 2);  // length of the comment
  return end;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i <= bytes.size() ? kDigits[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string from_hex(std::string_view hex) {
  auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
    bytes += static_cast<char>(digit(hex[at]) * 16 + digit(hex[at + 1]));
  return bytes;
}

// `listed` has a line "digest  name" for each file.
std::string checksum(std::string_view listed) {
  return "h1:" + base64(from_hex(base::sha256_hex(listed)));
}

}  // namespace

std::string make_module_zip(const std::string& module, const std::string& version, const ModuleTexts& files) {
  std::string zip, directory;
  for (const auto& [path, text] : files) {
    auto name = fmt::format("{}@{}/{}", module, version, path);
    auto facts = render_facts(name, text);
    directory += render_entry(facts, name, static_cast<std::uint32_t>(zip.size()));
    zip += "PK\x03\x04";
    zip += facts + name;
    zip += text;
  }
  return zip + directory +
         render_end(static_cast<std::uint32_t>(files.size()), static_cast<std::uint32_t>(directory.size()),
                    static_cast<std::uint32_t>(zip.size()));
}

std::string module_checksum(const std::string& module, const std::string& version, const ModuleTexts& files) {
  std::string listed;
  for (const auto& [path, text] : files)
    listed += fmt::format("{}  {}@{}/{}\n", base::sha256_hex(text), module, version, path);
  return checksum(listed);
}

std::string module_file_checksum(std::string_view text) {
  return checksum(fmt::format("{}  go.mod\n", base::sha256_hex(text)));
}

}  // namespace otel::published
