# SPDX-License-Identifier: Apache-2.0
#
# Writes a C++ file that holds the text of others. Run as a script:
#   cmake -DROOT=dir -DFILES=a|b|c -DOUTPUT=embedded.cpp -P embed.cmake
# Each file becomes one raw string literal; a text that holds the delimiter is refused by the compiler.
string(REPLACE "|" ";" files "${FILES}")
set(text "// Written by cmake/embed.cmake.\n#include \"base/embedded.h\"\n\nnamespace otel::base {\n\n")
string(APPEND text "const std::vector<EmbeddedFile>& embedded_files() {\n")
string(APPEND text "  static const std::vector<EmbeddedFile> kFiles = {\n")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" content)
  string(APPEND text "{\"${file}\", R\"otelfile(${content})otelfile\"},\n")
endforeach()
string(APPEND text "  };\n  return kFiles;\n}\n\n}  // namespace otel::base\n")
file(WRITE "${OUTPUT}" "${text}")
