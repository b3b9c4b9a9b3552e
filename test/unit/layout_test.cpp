// SPDX-License-Identifier: Apache-2.0
//
// What lib/README.md says of the directories of lib/: who may include whom, and how large things get.
#include <algorithm>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "base/text.h"

#include "catch.h"

namespace otel {
namespace {

using base::Path;

// In the order of lib/CMakeLists.txt, the lowest first.
std::vector<std::string> directories() {
  std::vector<std::string> names;
  const auto text = base::read_file("lib/CMakeLists.txt");
  for (auto line : base::split_lines(text)) {
    constexpr std::string_view kBegin = "add_subdirectory(";
    if (!line.starts_with(kBegin)) continue;
    names.emplace_back(line.substr(kBegin.size(), line.find(')') - kBegin.size()));
  }
  return names;
}

std::vector<Path> sources_of(const std::string& directory) {
  std::vector<Path> sources;
  for (const auto& entry : std::filesystem::directory_iterator(Path("lib") / directory))
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
      sources.push_back(entry.path());
  std::sort(sources.begin(), sources.end());
  return sources;
}

// Includes of `text` that begin with a directory; the directories.
std::set<std::string> included_directories(std::string_view text) {
  std::set<std::string> found;
  for (auto line : base::split_lines(text)) {
    constexpr std::string_view kBegin = "#include \"";
    auto slash = line.find('/');
    if (line.starts_with(kBegin) && slash != std::string_view::npos)
      found.emplace(line.substr(kBegin.size(), slash - kBegin.size()));
  }
  return found;
}

// The functions of a formatted source that are longer than `most` lines: by the brace in the first column.
// One that holds a table, and begins with it, is data.
std::vector<std::string> long_functions(std::string_view text, std::size_t most) {
  std::vector<std::string> found;
  std::string head;
  std::size_t begin = 0, number = 0;
  for (auto line : base::split_lines(text)) {
    ++number;
    bool opens = line.ends_with("{") && !line.starts_with(" ") && !line.starts_with("}") &&
                 !line.starts_with("namespace");
    if (opens) head = line, begin = number;
    if (begin != 0 && number == begin + 1 && line.starts_with("  static const ")) begin = 0;
    if (line == "}" && begin != 0) {
      if (number - begin + 1 > most) found.push_back(head);
      begin = 0;
    }
  }
  return found;
}

TEST_CASE("a directory of lib includes only those below it") {
  const auto all = directories();
  REQUIRE(all.size() > 10);
  std::set<std::string> below;
  for (const auto& directory : all) {
    below.insert(directory);
    const auto sources = sources_of(directory);
    CHECK_FALSE(sources.empty());
    for (const auto& source : sources)
      for (const auto& included : included_directories(base::read_file(source))) {
        INFO(source.string() << " includes " << included << "/");
        CHECK(below.contains(included));
      }
  }
}

TEST_CASE("a directory of lib stands in its CMakeLists.txt and in its README") {
  const auto all = directories();
  const auto readme = base::read_file("lib/README.md");
  for (const auto& entry : std::filesystem::directory_iterator("lib")) {
    if (!entry.is_directory()) continue;
    auto name = entry.path().filename().string();
    INFO(name);
    CHECK(std::find(all.begin(), all.end(), name) != all.end());
    CHECK(readme.find("| `" + name + "/` |") != std::string::npos);
  }
}

// What a text says of std::filesystem beyond its type path that may throw, or that is said in the wrong
// source.
std::vector<std::string> filesystem_mistakes(const Path& source, std::string_view text) {
  constexpr std::string_view kNamespace = "std::filesystem::";
  static const std::vector<std::string_view> kUnqualified = {
      "exists",           "is_directory",       "is_regular_file",  "is_symlink",
      "create_directory", "create_directories", "canonical",        "current_path",
      "remove_all",       "read_symlink",       "weakly_canonical", "last_write_time",
      "equivalent",       "symlink_status",     "file_size",        "permissions",
      "resize_file"};
  std::vector<std::string> found;
  for (auto at = text.find(kNamespace); at != std::string_view::npos; at = text.find(kNamespace, at + 1)) {
    auto statement = text.substr(at, text.find_first_of(";{", at) - at);
    auto name = statement.substr(kNamespace.size());
    name = name.substr(0, name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"));
    if (name == "path") continue;
    bool harmless = name == "directory_entry" || statement.find("failed)") != std::string_view::npos;
    if (source != "lib/base/files.cpp" || !harmless) found.emplace_back(statement);
  }
  // A path as the argument finds them too.
  for (auto name : kUnqualified)
    for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
      constexpr std::string_view kOfLongerName = "abcdefghijklmnopqrstuvwxyz_:.>";
      bool call = text.substr(at + name.size(), 1) == "(";
      if (call && at > 0 && kOfLongerName.find(text[at - 1]) == std::string_view::npos)
        found.emplace_back(name);
    }
  return found;
}

TEST_CASE("no function of std::filesystem that throws is called") {
  std::vector<Path> sources = base::list_files_below("lib");
  for (const auto& source : base::list_files_below("cmd")) sources.push_back(source);
  REQUIRE(sources.size() > 100);
  for (const auto& source : sources) {
    if (source.extension() != ".h" && source.extension() != ".cpp") continue;
    INFO(source.string());
    CHECK(base::join(filesystem_mistakes(source, base::read_file(source)), "\n") == "");
  }
  CHECK(filesystem_mistakes("lib/x.cpp", "auto a = std::filesystem::status(b, failed);").size() == 1);
  CHECK(filesystem_mistakes("lib/base/files.cpp", "std::filesystem::rename(a, b);").size() == 1);
  CHECK(filesystem_mistakes("lib/base/files.cpp", "if (exists(a)) return;").size() == 1);
  CHECK(filesystem_mistakes("lib/x.cpp", "std::filesystem::path a; x.exists(a);").empty());
}

TEST_CASE("directories, sources and functions of lib stay small") {
  for (const auto& directory : directories()) {
    std::set<std::string> units;
    for (const auto& source : sources_of(directory)) {
      units.insert(source.stem().string());
      const auto text = base::read_file(source);
      INFO(source.string());
      CHECK(base::split_lines(text).size() < 500);
      CHECK(base::join(long_functions(text, 60), "\n") == "");
    }
    INFO(directory << " has " << units.size() << " units");
    CHECK(units.size() <= 14);
  }
}

}  // namespace
}  // namespace otel
