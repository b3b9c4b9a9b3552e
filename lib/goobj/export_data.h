// SPDX-License-Identifier: Apache-2.0
//
// The export data of a compiled package, as far as they list what the package imports: "__.PKGDEF" of an
// archive (cmd/compile/internal/gc/obj.go), in unified IR (internal/pkgbits, versions 1 to 5, which is
// Go 1.24 to 1.27). Called by the tool process once the compiler is done.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otel::goobj {

// An archive as the compiler has written it, with package unsafe missing from the package's own imports: byte
// for byte what the compiler writes for the same declarations if no file imports unsafe. The list is there
// for tools; the compiler doesn't need it (types2/resolver.go: "a convenience for clients"), but whatever
// imports the package repeats it, and is compiled again when it changes.
//
// The fingerprint that the linker compares is that of the new export data, in both places of the archive.
// Symbols keep their numbers, as no other element is touched.
//
// Nothing if unsafe isn't in the list, if no other package of the list brings it with it, so that leaving it
// out would number others again, or if the archive isn't understood to the last byte: what is read must give
// the same bytes when it is written, with the same fingerprint.
std::optional<std::string> without_unsafe_import(std::string_view archive);

}  // namespace otel::goobj
