// SPDX-License-Identifier: Apache-2.0
#include "toolexec/build_info.h"

#include "catch.h"

namespace otel::toolexec {
namespace {

TEST_CASE("vendored modules are listed as in a plain build") {
  CHECK(with_vendored_modules(
            R"(modinfo "mod\ta\t(devel)\t\ndep\tx.org/m\tv1.2.3\n=>\t./vendor/x.org/m\t(devel)\t\n\nend")",
            "# x.org/m v1.2.3\n") == R"(modinfo "mod\ta\t(devel)\t\ndep\tx.org/m\tv1.2.3\t\nend")");
}

TEST_CASE("what go.mod replaces is replaced") {
  std::string_view text =
      R"(dep\tm\tv1.0.0\n=>\t./vendor/m\t(devel)\t\ndep\tn\tv1.0.0\n=>\t./vendor/n\t(devel)\t\n)";
  CHECK(with_vendored_modules(text, "# m v1.0.0 => ../m\n# n v1.0.0 => n.org/fork v1.1.0\n") ==
        R"(dep\tm\tv1.0.0\n=>\t../m\t(devel)\t\ndep\tn\tv1.0.0\n=>\tn.org/fork\tv1.1.0\t\n)");
}

TEST_CASE("what isn't of vendor stays") {
  std::string_view text = R"(dep\tm\tv1.0.0\n=>\t./other/m\t(devel)\t\n)";
  CHECK(with_vendored_modules(text, "# m v1.0.0\n") == text);
}

}  // namespace
}  // namespace otel::toolexec
