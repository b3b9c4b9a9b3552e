// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <functional>
#include <set>
#include <unistd.h>

#include "base/error.h"
#include "base/scratch_directory.h"

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
  ScratchDirectory directory;
  std::string bytes("a\0\r\n\xff", 5);
  write_file(directory / "new/deep/file", bytes);
  CHECK(read_file(directory / "new/deep/file") == bytes);
  write_file(directory / "empty", "");
  CHECK(read_file(directory / "empty") == "");
  std::string large(300'000, 'x');
  write_file(directory / "empty", large);
  CHECK(read_file(directory / "empty") == large);
  CHECK(list_directory(directory.path()) ==
        std::vector<std::string>{"empty", "new/"});  // nothing is left beside
}

TEST_CASE("a write is another file in the place of the old one") {
  ScratchDirectory directory;
  auto path = directory / "file";
  write_file(path, "old");
  std::filesystem::create_hard_link(path, directory / "reader");
  write_file(path, "new");
  CHECK(read_file(directory / "reader") == "old");  // what a reader has open stays whole
  CHECK(read_file(path) == "new");
}

TEST_CASE("a file that holds the bytes already stays the same file, and counts as used") {
  ScratchDirectory directory;
  auto path = directory / "file";
  write_file(path, "same");
  std::filesystem::create_hard_link(path, directory / "other");
  auto is_same_file = [&] { return std::filesystem::equivalent(path, directory / "other"); };
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
  ScratchDirectory directory;
  auto path = directory / "file";
  std::set<Path> unique;
  for (int i = 0; i < 100; ++i) unique.insert(make_unique_path(path));
  CHECK(unique.size() == 100);
  for (const auto& name : unique) CHECK(name.parent_path() == directory.path());
  write_file(*unique.begin(), "half");
  write_file(path, "whole");
  CHECK(read_file(path) == "whole");
  CHECK(read_file(*unique.begin()) == "half");
}

TEST_CASE("a link is marked as used itself, not what it leads to") {
  ScratchDirectory directory;
  write_file(directory / "file", "x");
  std::filesystem::create_symlink(directory / "file", directory / "link");
  set_age(directory / "file", 7200);
  set_age(directory / "link", 7200);
  auto file = read_stamp(directory / "file"), link = read_link_stamp(directory / "link");
  CHECK(mark_used(directory / "link"));
  CHECK_FALSE(mark_used(directory / "link"));
  CHECK_FALSE(mark_used(directory / "none"));
  CHECK(read_stamp(directory / "file") == file);
  CHECK_FALSE(read_link_stamp(directory / "link") == link);
}

TEST_CASE("what is in a directory and beneath it") {
  ScratchDirectory directory;
  write_file(directory / "b/c/d", "");
  write_file(directory / "a", "");
  CHECK(list_files_below(directory.path()) == std::vector<Path>{directory / "a", directory / "b/c/d"});
  CHECK(list_files_below(directory / "none").empty());
  remove_tree(directory / "b");
  remove_tree(directory / "none");
  CHECK(list_directory(directory.path()) == std::vector<std::string>{"a"});
}

TEST_CASE("whom a file belongs to") {
  ScratchDirectory directory;
  write_file(directory / "file", "");
  CHECK(read_owner(directory / "file") == ::geteuid());
  CHECK_FALSE(read_owner(directory / "none"));
  std::filesystem::create_symlink(directory / "none", directory / "link");
  CHECK_FALSE(read_owner(directory / "link"));
  CHECK(read_owner(directory / "link", true) == ::geteuid());
}

TEST_CASE("what is not there") {
  ScratchDirectory directory;
  write_file(directory / "file", "x");
  CHECK_FALSE(read_file_if_present(directory / "none"));
  CHECK_FALSE(read_file_if_present(directory / "none/deeper"));
  CHECK_FALSE(read_file_if_present(directory / "file/deeper"));
  CHECK(read_file_if_present(directory / "file") == "x");
  CHECK_FALSE(read_stamp(directory / "none"));
  CHECK(list_directory(directory / "none").empty());
  auto none = (directory / "none").string(), self = directory.path().string();
  CHECK(message_of([&] { read_file(directory / "none"); }) ==
        "cannot read " + none + ": No such file or directory");
  CHECK(message_of([&] { read_file_if_present(directory.path()); }) ==
        "cannot read " + self + ": Is a directory");
  CHECK(message_of([&] { write_file(directory / "file/below", ""); }) ==
        "cannot create directory " + (directory / "file").string() + ": Not a directory");
  CHECK(message_of([&] { write_file(directory.path(), ""); }) == "cannot write " + self + ": Is a directory");
  auto long_name = directory / std::string(300, 'x');
  CHECK(message_of([&] { write_file(long_name, ""); }) ==
        "cannot write " + long_name.string() + ": File name too long");
}

TEST_CASE("the cache directory is the first that can be written to") {
  ScratchDirectory directory;
  write_file(directory / "file", "");
  auto at = [&](const char* name) { return (directory / name).string(); };
  struct {
    std::string what;
    std::optional<std::string> chosen, xdg, home, fallback;
    std::string expected;  // beneath the directory; or the start of a message
  } const cases[] = {
      {"OTEL_GO_CACHE", at("own"), at("xdg"), at("home"), at("go"), "own"},
      {"XDG_CACHE_HOME", "", at("xdg"), at("home"), at("go"), "xdg/otel"},
      {"HOME", std::nullopt, std::nullopt, at("home"), at("go"), "home/.cache/otel"},
      {"a relative XDG_CACHE_HOME doesn't count", std::nullopt, "xdg", at("home"), {}, "home/.cache/otel"},
      {"beneath go's", std::nullopt, std::nullopt, std::nullopt, at("go"), "go/otel"},
      {"beneath go's if HOME can't be written to", std::nullopt, std::nullopt, at("file"), at("go"),
       "go/otel"},
      {"none", std::nullopt, std::nullopt, std::nullopt, {}, "no writable cache directory (HOME is not set)"},
      {"none that can be written to", std::nullopt, at("file"), std::nullopt, at("file"),
       "no writable cache directory (" + at("file/otel") + ": Not a directory, " + at("file/otel") +
           ": Not a directory)"},
      {"an own one that can't", at("file/own"), at("xdg"), at("home"), at("go"),
       "cannot write to the cache directory " + at("file/own") + ": Not a directory"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    EnvironmentVariable chosen("OTEL_GO_CACHE", c.chosen), xdg("XDG_CACHE_HOME", c.xdg), home("HOME", c.home);
    std::string found;
    try {
      found = find_cache_directory(c.fallback).lexically_relative(directory.path()).string();
    } catch (const Error& error) {
      found = error.message();
      CHECK(error.hint().find("OTEL_GO_CACHE") != std::string::npos);
    }
    CHECK(found == c.expected);
  }
}

TEST_CASE("what lies in a directory") {
  CHECK(is_within("/a/b", "/a/b"));
  CHECK(is_within("/a", "/"));
  CHECK(is_within("/a/b/c.go", "/a/b"));
  CHECK_FALSE(is_within("/a/bc", "/a/b"));
  CHECK_FALSE(is_within("/a", "/a/b"));
  CHECK_FALSE(is_within("/a", ""));
}

}  // namespace
}  // namespace otel::base
