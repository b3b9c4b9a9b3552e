// SPDX-License-Identifier: Apache-2.0
#include "goobj/export_data.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "base/digest.h"

#include "goobj/archive.h"

namespace otel::goobj {
namespace {

constexpr std::string_view kBegin = "\n$$B\nu", kEnd = "\n$$\n";
// The end of the object's text header, and the magic of cmd/internal/goobj; the fingerprint is next.
constexpr std::string_view kObject{"\n!\n\0go120ld", 11};
constexpr std::size_t kFingerprint = 8;
constexpr std::uint32_t kOldest = 1, kNewest = 5;  // versions with the flags and these elements of packages
// Sections, in their order: strings, meta, position bases, packages and six more.
constexpr std::size_t kSections = 10, kStrings = 0, kPackages = 3;

// Reads from the front of a string; after the end, or what isn't a number there, everything is wrong.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::size_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35 && !bytes_.empty(); shift += 7) {
      auto byte = static_cast<unsigned char>(bytes_[0]);
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 127U} << shift;
      if (byte < 128) return value;
    }
    wrong_ = true;
    return 0;
  }
  std::uint32_t argument() {
    if (bytes_.size() < 4) return wrong_ = true, 0;
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<unsigned char>(bytes_[i])} << (8 * i);
    bytes_.remove_prefix(4);
    return value;
  }
  // As many as fit; a count that is too large for what is left is wrong.
  std::size_t count() {
    auto n = number();
    if (n > bytes_.size()) return wrong_ = true, 0;
    return n;
  }
  bool wrong() const { return wrong_; }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
  bool wrong_ = false;
};

void append_number(std::string& text, std::size_t value) {
  for (; value >= 128; value >>= 7) text += static_cast<char>(value | 128U);
  text += static_cast<char>(value);
}

void append_token(std::string& text, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) text += static_cast<char>(value >> (8 * i));
}

struct Reference {
  std::size_t section, index;
  bool operator==(const Reference&) const = default;
};

// An element of a package: what it refers to, the places of its path and name in that list, and those of its
// imports.
struct Package {
  std::vector<Reference> references;
  std::size_t path = 0, name = 0;
  std::vector<std::size_t> imports;
};

std::optional<Package> parse_package(std::string_view element) {
  Package package;
  Reader reader(element);
  for (auto n = reader.count(); n > 0; --n) {
    auto section = reader.number();
    package.references.push_back({section, reader.number()});
  }
  package.path = reader.number();
  if (!reader.rest().empty()) {  // "unsafe" and "builtin" have no more
    package.name = reader.number();
    for (auto n = reader.count(); n > 0; --n) package.imports.push_back(reader.number());
  }
  auto outside = [&](std::size_t place) { return place >= package.references.size(); };
  if (reader.wrong() || !reader.rest().empty() || outside(package.path) || outside(package.name) ||
      std::any_of(package.imports.begin(), package.imports.end(), outside))
    return std::nullopt;
  return package;
}

std::string render_package(const Package& package) {
  std::string text;
  append_number(text, package.references.size());
  for (const auto& reference : package.references) {
    append_number(text, reference.section);
    append_number(text, reference.index);
  }
  append_number(text, package.path);
  append_number(text, package.name);
  append_number(text, package.imports.size());
  for (auto place : package.imports) append_number(text, place);
  return text;
}

// The elements of a package's export data, without its fingerprint.
struct ExportData {
  std::uint32_t version = 0, flags = 0;
  std::array<std::uint32_t, kSections> section_ends{};
  std::vector<std::string> elements;
};

std::optional<ExportData> parse_export_data(std::string_view bytes) {
  ExportData data;
  Reader reader(bytes);
  data.version = reader.argument();
  data.flags = reader.argument();
  // With flags there are marks in the elements, for debugging the compiler.
  if (data.version < kOldest || data.version > kNewest || data.flags != 0) return std::nullopt;
  for (auto& end : data.section_ends) end = reader.argument();
  if (!std::is_sorted(data.section_ends.begin(), data.section_ends.end()) ||
      data.section_ends.back() > bytes.size() / 4)
    return std::nullopt;
  std::vector<std::uint32_t> ends(data.section_ends.back());
  for (auto& end : ends) end = reader.argument();
  auto content = reader.rest();
  if (reader.wrong() || ends.empty() || !std::is_sorted(ends.begin(), ends.end()) ||
      content.size() != ends.back() + kFingerprint)
    return std::nullopt;
  std::uint32_t begin = 0;
  for (auto end : ends) {
    data.elements.emplace_back(content.substr(begin, end - begin));
    begin = end;
  }
  return data;
}

std::string fingerprint(std::string_view bytes) {
  auto hex = base::sha256_hex(bytes);
  std::string text;
  for (std::size_t i = 0; i < kFingerprint; ++i) {
    unsigned byte = 0;
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, byte, 16);
    text += static_cast<char>(byte);
  }
  return text;
}

std::string render_export_data(const ExportData& data) {
  std::string text;
  append_token(text, data.version);
  append_token(text, data.flags);
  for (auto end : data.section_ends) append_token(text, end);
  std::uint32_t end = 0;
  for (const auto& element : data.elements)
    append_token(text, end += static_cast<std::uint32_t>(element.size()));
  for (const auto& element : data.elements) text += element;
  return text + fingerprint(text);
}

// The number of the element of package unsafe among those of packages, which are numbered as they are met.
std::optional<std::size_t> find_unsafe(const ExportData& data, std::size_t first, std::size_t end) {
  for (auto i = first; i < end; ++i) {
    auto package = parse_package(data.elements[i]);
    if (!package) return std::nullopt;
    auto path = package->references[package->path];
    if (path.section == kStrings && path.index < data.section_ends[kStrings] &&
        data.elements[path.index] == "unsafe")
      return i - first;
  }
  return std::nullopt;
}

// Whether an imported package is met before unsafe that imports it.
bool is_met_elsewhere(const ExportData& data, std::size_t first, const Reference& unsafe) {
  for (std::size_t i = first + 1; i < first + unsafe.index; ++i) {
    auto package = parse_package(data.elements[i]);
    if (package && std::find(package->references.begin(), package->references.end(), unsafe) !=
                       package->references.end())
      return true;
  }
  return false;
}

// Where the export data are in __.PKGDEF.
struct Definition {
  std::string_view before, data, after;
};

std::optional<Definition> find_export_data(std::string_view definition) {
  auto begin = definition.find(kBegin), end = definition.rfind(kEnd);
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + kBegin.size())
    return std::nullopt;
  begin += kBegin.size();
  return Definition{definition.substr(0, begin), definition.substr(begin, end - begin),
                    definition.substr(end)};
}

// Where an object has the fingerprint of its package's export data.
std::optional<std::size_t> find_fingerprint(std::string_view object) {
  auto at = object.find(kObject);
  if (at == std::string_view::npos || object.size() < at + kObject.size() + kFingerprint) return std::nullopt;
  return at + kObject.size();
}

// The package itself is the first of the packages.
bool remove_unsafe(ExportData& data) {
  std::size_t first = data.section_ends[kPackages - 1], end = data.section_ends[kPackages];
  auto number = first < end ? find_unsafe(data, first, end) : std::nullopt;
  if (!number || *number == 0) return false;
  Reference unsafe{kPackages, *number};
  auto self = parse_package(data.elements[first]);
  if (!self || render_package(*self) != data.elements[first] || !is_met_elsewhere(data, first, unsafe))
    return false;
  auto place = static_cast<std::size_t>(std::find(self->references.begin(), self->references.end(), unsafe) -
                                        self->references.begin());
  if (std::count(self->references.begin(), self->references.end(), unsafe) != 1 ||
      std::count(self->imports.begin(), self->imports.end(), place) != 1 || self->path == place ||
      self->name == place)
    return false;
  self->imports.erase(std::find(self->imports.begin(), self->imports.end(), place));
  self->references.erase(self->references.begin() + static_cast<std::ptrdiff_t>(place));
  auto close_gap = [&](std::size_t& other) { other -= other > place ? 1 : 0; };
  close_gap(self->path);
  close_gap(self->name);
  std::for_each(self->imports.begin(), self->imports.end(), close_gap);
  data.elements[first] = render_package(*self);
  return true;
}

}  // namespace

std::optional<std::string> without_unsafe_import(std::string_view bytes) {
  auto archive = parse_compiled_archive(bytes);
  auto definition = archive ? find_export_data(archive->definition) : std::nullopt;
  auto at = archive ? find_fingerprint(archive->object) : std::nullopt;
  if (!definition || !at) return std::nullopt;
  auto data = parse_export_data(definition->data);
  if (!data) return std::nullopt;
  // Sure to be understood only if it is written as it was read.
  auto known = render_export_data(*data);
  auto print = [](const std::string& rendered) { return rendered.substr(rendered.size() - kFingerprint); };
  if (known != definition->data || archive->object.substr(*at, kFingerprint) != print(known) ||
      render_compiled_archive(*archive) != bytes || !remove_unsafe(*data))
    return std::nullopt;

  auto changed = render_export_data(*data);
  auto text = std::string(definition->before) + changed + std::string(definition->after);
  auto object = std::string(archive->object).replace(*at, kFingerprint, print(changed));
  archive->definition = text;
  archive->object = object;
  return render_compiled_archive(*archive);
}

}  // namespace otel::goobj
