// SPDX-License-Identifier: Apache-2.0
//
// An archive as the compiler writes it (cmd/internal/archive): export data and object of one package. Knows
// nothing of what is in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otel::goobj {

// Views of an archive's bytes.
struct CompiledArchive {
  std::string_view definition_header;  // of 60 bytes, name and size among them
  std::string_view definition;         // __.PKGDEF
  std::string_view object_header;
  std::string_view object;  // _go_.o
};

// Nothing if the archive has other entries than these two, or fewer.
std::optional<CompiledArchive> parse_compiled_archive(std::string_view bytes);

// The archive; the sizes in the headers become those of the contents.
std::string render_compiled_archive(const CompiledArchive& archive);

}  // namespace otel::goobj
