// SPDX-License-Identifier: Apache-2.0
#include "goobj/archive.h"

#include <charconv>
#include <fmt/format.h>

namespace otel::goobj {
namespace {

constexpr std::string_view kMagic = "!<arch>\n", kHeaderEnd = "`\n";
constexpr std::size_t kHeader = 60, kName = 16, kSizeAt = 48, kSize = 10;

struct Entry {
  std::string_view header, content;
};

// The entry first, which is taken off; contents are padded to an even length.
std::optional<Entry> take_entry(std::string_view& bytes, std::string_view name) {
  if (bytes.size() < kHeader) return std::nullopt;
  Entry entry{bytes.substr(0, kHeader), {}};
  auto padded = fmt::format("{:<{}}", name, kName);
  if (!entry.header.starts_with(padded) || !entry.header.ends_with(kHeaderEnd)) return std::nullopt;
  std::size_t size = 0;
  const char* digits = entry.header.data() + kSizeAt;
  auto parsed = std::from_chars(digits, digits + kSize, size);
  if (parsed.ec != std::errc() || bytes.size() - kHeader < size) return std::nullopt;
  entry.content = bytes.substr(kHeader, size);
  bytes.remove_prefix(kHeader + size);
  if (size % 2 != 0) {
    if (!bytes.starts_with('\0')) return std::nullopt;
    bytes.remove_prefix(1);
  }
  return entry;
}

void append_entry(std::string& bytes, std::string_view header, std::string_view content) {
  bytes += header.substr(0, kSizeAt);
  bytes += fmt::format("{:<{}}", content.size(), kSize);
  bytes += header.substr(kSizeAt + kSize);
  bytes += content;
  if (content.size() % 2 != 0) bytes += '\0';
}

}  // namespace

std::optional<CompiledArchive> parse_compiled_archive(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  bytes.remove_prefix(kMagic.size());
  auto definition = take_entry(bytes, "__.PKGDEF");
  auto object = definition ? take_entry(bytes, "_go_.o") : std::nullopt;
  if (!object || !bytes.empty()) return std::nullopt;
  return CompiledArchive{definition->header, definition->content, object->header, object->content};
}

std::string render_compiled_archive(const CompiledArchive& archive) {
  std::string bytes(kMagic);
  append_entry(bytes, archive.definition_header, archive.definition);
  append_entry(bytes, archive.object_header, archive.object);
  return bytes;
}

}  // namespace otel::goobj
