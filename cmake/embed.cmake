# SPDX-License-Identifier: Apache-2.0
#
# Writes a C++ file that holds the text of others. Run as a script:
#   cmake -DROOT=dir -DFILES=a|b|c -DOUTPUT=embedded.cpp -DHOOK_MODULE=path -P embed.cmake
# Each file becomes one raw string literal; a text that holds the delimiter is refused by the compiler. Where the module
# that hooks import has another path than in its go.mod, the texts have that path.
string(REPLACE "|" ";" files "${FILES}")
file(STRINGS "${ROOT}/go-hook/go.mod" module_line REGEX "^module ")
string(REPLACE "module " "" written_module "${module_line}")
set(text "// Written by cmake/embed.cmake.\n#include \"base/embedded.h\"\n\nnamespace otel::base {\n\n")
string(APPEND text "const std::vector<EmbeddedFile>& embedded_files() {\n")
string(APPEND text "  static const std::vector<EmbeddedFile> kFiles = {\n")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" content)
  if(HOOK_MODULE)
    string(REPLACE "${written_module}" "${HOOK_MODULE}" content "${content}")
  endif()
  string(APPEND text "{\"${file}\", R\"otelfile(${content})otelfile\"},\n")
endforeach()
string(APPEND text "  };\n  return kFiles;\n}\n\n}  // namespace otel::base\n")
file(WRITE "${OUTPUT}" "${text}")
