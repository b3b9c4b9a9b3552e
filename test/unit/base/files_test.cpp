// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <functional>
#include <set>
#include <unistd.h>

#include "base/error.h"
#include "base/scratch_folder.h"

#include "catch.h"

namespace otel::base {
namespace {

std::string message_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST_CASE("files hold what was written, whatever the bytes") {
  ScratchFolder folder;
  std::string bytes("a\0\r\n\xff", 5);
  write_file(folder / "new/deep/file", bytes);
  CHECK(read_file(folder / "new/deep/file") == bytes);
  write_file(folder / "empty", "");
  CHECK(read_file(folder / "empty") == "");
  std::string large(300'000, 'x');
  write_file(folder / "empty", large);
  CHECK(read_file(folder / "empty") == large);
  CHECK(list_folder(folder.path()) == std::vector<std::string>{"empty", "new/"});  // nothing is left beside
}

TEST_CASE("a write is another file in the place of the old one") {
  ScratchFolder folder;
  auto path = folder / "file";
  write_file(path, "old");
  std::filesystem::create_hard_link(path, folder / "reader");
  write_file(path, "new");
  CHECK(read_file(folder / "reader") == "old");  // what a reader has open stays whole
  CHECK(read_file(path) == "new");
}

TEST_CASE("a file that holds the bytes already stays the same file, and counts as used") {
  ScratchFolder folder;
  auto path = folder / "file";
  write_file(path, "same");
  std::filesystem::create_hard_link(path, folder / "other");
  auto is_same_file = [&] { return std::filesystem::equivalent(path, folder / "other"); };
  set_age(path, 3500);
  auto before = read_stamp(path);
  write_file(path, "same");
  CHECK(read_stamp(path) == before);
  set_age(path, 3700);
  before = read_stamp(path);
  write_file(path, "same");
  CHECK_FALSE(read_stamp(path) == before);
  CHECK(is_same_file());
  write_file(path, "else");
  CHECK_FALSE(is_same_file());
  write_file_synced(path, "more");
  CHECK(read_file(path) == "more");
}

TEST_CASE("what a process that was killed left beside a file is in nobody's way") {
  ScratchFolder folder;
  auto path = folder / "file";
  std::set<Path> unique;
  for (int i = 0; i < 100; ++i) unique.insert(make_unique_path(path));
  CHECK(unique.size() == 100);
  for (const auto& name : unique) CHECK(name.parent_path() == folder.path());
  write_file(*unique.begin(), "half");
  write_file(path, "whole");
  CHECK(read_file(path) == "whole");
  CHECK(read_file(*unique.begin()) == "half");
}

TEST_CASE("a link is marked as used itself, not what it leads to") {
  ScratchFolder folder;
  write_file(folder / "file", "x");
  std::filesystem::create_symlink(folder / "file", folder / "link");
  set_age(folder / "file", 7200);
  set_age(folder / "link", 7200);
  auto file = read_stamp(folder / "file"), link = read_link_stamp(folder / "link");
  CHECK(mark_used(folder / "link"));
  CHECK_FALSE(mark_used(folder / "link"));
  CHECK_FALSE(mark_used(folder / "none"));
  CHECK(read_stamp(folder / "file") == file);
  CHECK_FALSE(read_link_stamp(folder / "link") == link);
}

TEST_CASE("what is in a folder and beneath it") {
  ScratchFolder folder;
  write_file(folder / "b/c/d", "");
  write_file(folder / "a", "");
  CHECK(list_files_below(folder.path()) == std::vector<Path>{folder / "a", folder / "b/c/d"});
  CHECK(list_files_below(folder / "none").empty());
  remove_whole(folder / "b");
  remove_whole(folder / "none");
  CHECK(list_folder(folder.path()) == std::vector<std::string>{"a"});
}

TEST_CASE("whom a file belongs to") {
  ScratchFolder folder;
  write_file(folder / "file", "");
  CHECK(read_owner(folder / "file") == ::geteuid());
  CHECK_FALSE(read_owner(folder / "none"));
  std::filesystem::create_symlink(folder / "none", folder / "link");
  CHECK_FALSE(read_owner(folder / "link"));
  CHECK(read_owner(folder / "link", true) == ::geteuid());
}

TEST_CASE("what is not there") {
  ScratchFolder folder;
  write_file(folder / "file", "x");
  CHECK_FALSE(read_file_if_present(folder / "none"));
  CHECK_FALSE(read_file_if_present(folder / "none/deeper"));
  CHECK_FALSE(read_file_if_present(folder / "file/deeper"));
  CHECK(read_file_if_present(folder / "file") == "x");
  CHECK_FALSE(read_stamp(folder / "none"));
  CHECK(list_folder(folder / "none").empty());
  auto none = (folder / "none").string(), self = folder.path().string();
  CHECK(message_of([&] { read_file(folder / "none"); }) ==
        "cannot read " + none + ": No such file or directory");
  CHECK(message_of([&] { read_file_if_present(folder.path()); }) ==
        "cannot read " + self + ": Is a directory");
  CHECK(message_of([&] { write_file(folder / "file/below", ""); }) ==
        "cannot make directory " + (folder / "file").string() + ": Not a directory");
  CHECK(message_of([&] { write_file(folder.path(), ""); }) == "cannot write " + self + ": Is a directory");
  auto long_name = folder / std::string(300, 'x');
  CHECK(message_of([&] { write_file(long_name, ""); }) ==
        "cannot write " + long_name.string() + ": File name too long");
}

TEST_CASE("the cache folder is the first that can be written to") {
  ScratchFolder folder;
  write_file(folder / "file", "");
  auto at = [&](const char* name) { return (folder / name).string(); };
  struct {
    std::string what;
    std::optional<std::string> chosen, xdg, home, fallback;
    std::string expected;  // beneath the folder; or the start of a message
  } const cases[] = {
      {"OTEL_GO_CACHE", at("own"), at("xdg"), at("home"), at("go"), "own"},
      {"XDG_CACHE_HOME", "", at("xdg"), at("home"), at("go"), "xdg/otel"},
      {"HOME", std::nullopt, std::nullopt, at("home"), at("go"), "home/.cache/otel"},
      {"a relative XDG_CACHE_HOME doesn't count", std::nullopt, "xdg", at("home"), {}, "home/.cache/otel"},
      {"beneath go's", std::nullopt, std::nullopt, std::nullopt, at("go"), "go/otel"},
      {"beneath go's if HOME can't be written to", std::nullopt, std::nullopt, at("file"), at("go"),
       "go/otel"},
      {"none",
       std::nullopt,
       std::nullopt,
       std::nullopt,
       {},
       "no cache folder that can be written to (HOME is not set)"},
      {"none that can be written to", std::nullopt, at("file"), std::nullopt, at("file"),
       "no cache folder that can be written to (" + at("file/otel") + ": Not a directory, " +
           at("file/otel") + ": Not a directory)"},
      {"an own one that can't", at("file/own"), at("xdg"), at("home"), at("go"),
       "cannot write to the cache folder " + at("file/own") + ": Not a directory"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    EnvironmentVariable chosen("OTEL_GO_CACHE", c.chosen), xdg("XDG_CACHE_HOME", c.xdg), home("HOME", c.home);
    std::string found;
    try {
      found = find_cache_folder(c.fallback).lexically_relative(folder.path()).string();
    } catch (const Error& error) {
      found = error.message();
      CHECK(error.hint().find("OTEL_GO_CACHE") != std::string::npos);
    }
    CHECK(found == c.expected);
  }
}

TEST_CASE("what lies in a folder") {
  CHECK(lies_in("/a/b", "/a/b"));
  CHECK(lies_in("/a/b/c.go", "/a/b"));
  CHECK_FALSE(lies_in("/a/bc", "/a/b"));
  CHECK_FALSE(lies_in("/a", "/a/b"));
  CHECK_FALSE(lies_in("/a", ""));
}

}  // namespace
}  // namespace otel::base
