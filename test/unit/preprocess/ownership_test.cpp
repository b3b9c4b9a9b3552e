// SPDX-License-Identifier: Apache-2.0
#include "preprocess/ownership.h"

#include <map>

#include "base/error.h"

#include "catch.h"

namespace otel::preprocess {
namespace {

using base::Path;

constexpr unsigned kRoot = 0, kUser = 1000, kOther = 1001, kCaller = 1002;

// Owners of a link, of what it leads to, and of the directory that it stands in.
struct Owners {
  std::optional<unsigned> link, file, directory;
};

bool is_own(const Owners& owners, const std::set<unsigned>& trusted,
            const std::vector<std::string>& safe = {}) {
  auto read = [&](const Path& path, bool of_link) -> std::optional<unsigned> {
    if (path == "/p/.otel") return owners.directory;
    return of_link ? owners.link : owners.file;
  };
  return Ownership(read, trusted, safe).is_own("/p/.otel/rules.yaml");
}

TEST_CASE("whose files decide about a build") {
  const std::set<unsigned> user = {kUser}, root = {kRoot}, by_sudo = {kRoot, kCaller};
  struct {
    std::string what;
    Owners owners;
    std::set<unsigned> runs;
    bool own;
  } const cases[] = {
      {"the user's", {kUser, kUser, kUser}, user, true},
      {"root's", {kRoot, kRoot, kRoot}, user, true},
      {"root's, in a directory of the user", {kRoot, kRoot, kUser}, user, true},
      {"the user's, in a directory of root (/tmp)", {kUser, kUser, kRoot}, user, true},
      {"another's", {kOther, kOther, kOther}, user, false},
      {"another's, in a directory of root (/tmp)", {kOther, kOther, kRoot}, user, false},
      {"the user's, in a directory of another", {kUser, kUser, kOther}, user, false},
      {"the user's link to another's file", {kUser, kOther, kUser}, user, false},
      {"another's link to the user's file", {kOther, kUser, kRoot}, user, false},
      {"another's link to nothing", {kOther, std::nullopt, kRoot}, user, false},
      {"not there, in a directory of the user", {std::nullopt, std::nullopt, kUser}, user, true},
      {"not there, nor its directory", {std::nullopt, std::nullopt, std::nullopt}, user, true},
      {"another's, for root", {kOther, kOther, kOther}, root, false},
      {"the caller's, for root by sudo", {kCaller, kCaller, kCaller}, by_sudo, true},
      {"another's, for root by sudo", {kOther, kOther, kOther}, by_sudo, false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    CHECK(is_own(c.owners, c.runs) == c.own);
    CHECK(is_own(c.owners, c.runs, {"*"}));
    CHECK(is_own(c.owners, c.runs, {"/elsewhere", "/p/"}));
    CHECK(is_own(c.owners, c.runs, {"/pp", "/p/.otel/deeper"}) == c.own);
  }
}

TEST_CASE("another's file is an error that says how to allow it") {
  Ownership ownership([](const Path& path, bool) { return path == "/p" ? kOther : kUser; }, {kUser}, {});
  try {
    ownership.check("/p/otel.rules.yaml");
    FAIL("no error");
  } catch (const base::Error& error) {
    CHECK(error.message() == "the directory of /p/otel.rules.yaml belongs to another user (id 1001)");
    CHECK(error.hint() == "to use it, allow it with --safe-directory /p or OTEL_GO_SAFE_DIRECTORY");
  }
  CHECK_NOTHROW(ownership.check("/q/otel.rules.yaml"));
}

}  // namespace
}  // namespace otel::preprocess
