# SPDX-License-Identifier: Apache-2.0
#
# Writes the definition of otel::plan::kWeaverDigest. Run as a script: cmake -DFILES=a|b -DOUTPUT=x.cpp -P …
string(REPLACE "|" ";" files "${FILES}")
set(all "")
foreach(file IN LISTS files)
  file(SHA256 "${file}" digest)
  string(APPEND all "${digest}")
endforeach()
string(SHA256 digest "${all}")
file(WRITE "${OUTPUT}" "#include \"plan/weaver_digest.h\"\n\nnamespace otel::plan {\n"
     "const std::string_view kWeaverDigest = \"${digest}\";\n}  // namespace otel::plan\n")
