// SPDX-License-Identifier: Apache-2.0
//
// Any archive loses the import of unsafe or stays as it is: nothing else comes of it.
#include "goobj/export_data.h"

#include "../unit/goobj/compiled_package.h"
#include "fuzz.h"

using namespace otel;

namespace {

// What is left has no import of unsafe any more, and the same digests that a compiler would have written.
void check_archive(const std::string& archive) {
  auto hidden = goobj::without_unsafe_import(archive);
  if (!hidden) return;
  fuzz::check(hidden->size() < archive.size() + 2, "it gets no longer");
  fuzz::check(!goobj::without_unsafe_import(*hidden), "once is enough");
  auto data = hidden->substr(hidden->find("\n$$B\nu") + 6);
  data.resize(data.rfind("\n$$\n"));
  auto print = data.substr(data.size() - 8);
  fuzz::check(print == compiled_package::fingerprint(data.substr(0, data.size() - 8)),
              "the fingerprint of what is left");
  fuzz::check(hidden->find("\n!\n" + std::string("\0go120ld", 8) + print) != std::string::npos,
              "the object has it too");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text_of(data, size);
  check_archive(text);
  // As export data, and as the package's own element of such, where nothing else is in the way.
  check_archive(compiled_package::archive(text));
  auto sections = compiled_package::sections(true);
  sections[3][0] = text;
  check_archive(compiled_package::archive(compiled_package::export_data(sections)));
  return 0;
}
