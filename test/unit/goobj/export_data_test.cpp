// SPDX-License-Identifier: Apache-2.0
#include "goobj/export_data.h"

#include "catch.h"
#include "goobj/compiled_package.h"

using namespace otel;
using namespace otel::compiled_package;
using goobj::without_unsafe_import;

TEST_CASE("the import of unsafe is left out, and the rest is as if it had never been") {
  for (std::uint32_t version = 1; version <= 5; ++version) {
    CAPTURE(version);
    auto with = archive(export_data(sections(true), version));
    auto without = archive(export_data(sections(false), version));
    CHECK(without_unsafe_import(with) == without);
    CHECK_FALSE(without_unsafe_import(without));
  }
}

TEST_CASE("its place among the imports doesn't matter") {
  auto all = sections(true);
  all[3][0] = package({{0, 0}, {3, 3}, {0, 1}, {3, 1}, {3, 2}}, {2, 2, 3, 3, 1, 4});
  auto want = sections(false);
  want[3][0] = package({{0, 0}, {0, 1}, {3, 1}, {3, 2}}, {1, 1, 2, 2, 3});
  CHECK(without_unsafe_import(archive(export_data(all))) == archive(export_data(want)));
}

TEST_CASE("sizes with an odd number of digits or bytes are padded") {
  for (std::size_t length = 0; length < 4; ++length) {
    CAPTURE(length);
    auto with = sections(true), without = sections(false);
    with[9][0] = without[9][0] = std::string(length, 'x');
    CHECK(without_unsafe_import(archive(export_data(with))) == archive(export_data(without)));
  }
}

TEST_CASE("an import that would number other packages anew stays") {
  CHECK_FALSE(without_unsafe_import(archive(export_data(sections(true, false)))));
  // What imports it comes after it.
  auto all = sections(true);
  std::swap(all[3][2], all[3][3]);
  all[3][0] = package({{0, 0}, {0, 1}, {3, 1}, {3, 2}, {3, 3}}, {1, 1, 3, 2, 3, 4});
  all[3][3] = package({{0, 0}, {0, 3}, {3, 2}}, {1, 1, 1, 2});
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
}

TEST_CASE("what isn't understood stays as it is") {
  auto data = export_data(sections(true));
  REQUIRE(without_unsafe_import(archive(data)));
  CHECK_FALSE(without_unsafe_import(""));
  CHECK_FALSE(without_unsafe_import(archive(export_data(sections(true), 0))));
  CHECK_FALSE(without_unsafe_import(archive(export_data(sections(true), 6))));
  CHECK_FALSE(without_unsafe_import(archive(export_data(sections(true), 2, 1))));
  // Another digest, or one that the linker wouldn't find.
  CHECK_FALSE(without_unsafe_import(archive(data, "12345678")));
  auto torn = archive(data);
  auto at = torn.rfind(fingerprint(data));
  CHECK_FALSE(without_unsafe_import(torn.replace(at, 1, 1, static_cast<char>(torn[at] ^ 1))));
  // Other entries: what go's pack adds, or none.
  CHECK_FALSE(without_unsafe_import(archive(data) + entry("asm.o", "object")));
  CHECK_FALSE(without_unsafe_import("!<arch>\n" +
                                    entry("__.PKGDEF", "\n$$B\nu" + data + fingerprint(data) + "\n$$\n")));
  CHECK_FALSE(without_unsafe_import("!<arch>\n" + entry("__.PKGDEF", "text") + entry("_go_.o", "text")));
  // A number that takes more bytes than it needs.
  auto all = sections(true);
  all[3][0].replace(0, 1, std::string("\x85\x00", 2));
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
  // Imported twice, or in the place of a name.
  all = sections(true);
  all[3][0] = package({{0, 0}, {0, 1}, {3, 3}}, {1, 1, 2, 2, 2});
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
  all[3][0] = package({{0, 0}, {0, 1}, {3, 3}, {3, 3}}, {1, 1, 2, 2, 3});
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
  all[3][0] = package({{0, 0}, {0, 1}, {3, 3}}, {1, 2, 1, 2});
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
  // Bytes behind the imports of a package, and a reference that isn't there.
  all = sections(true);
  all[3][0] += '\0';
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
  all = sections(true);
  all[3][0].back() = 9;
  CHECK_FALSE(without_unsafe_import(archive(export_data(all))));
}

TEST_CASE("no damage to any byte gets through") {
  const auto whole = archive(export_data(sections(true)));
  const auto want = *without_unsafe_import(whole);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CAPTURE(i);
    CHECK_FALSE(without_unsafe_import(whole.substr(0, i)));
    auto damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    // What neither side digests is carried over as it is: build IDs, times, the symbols.
    if (auto result = without_unsafe_import(damaged)) {
      CHECK(result->size() == want.size());
      std::size_t differing = 0;
      for (std::size_t j = 0; j < want.size(); ++j) differing += (*result)[j] != want[j] ? 1 : 0;
      CHECK(differing == 1);
    }
  }
}
