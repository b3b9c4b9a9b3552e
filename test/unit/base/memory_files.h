// SPDX-License-Identifier: Apache-2.0
//
// A file system that nobody else has: texts by their absolute paths. Directories are there where files are.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/files.h"

namespace otel {

class MemoryFiles final : public base::FileSystem {
 public:
  using Path = base::Path;

  mutable std::map<std::string, std::string> texts;

  std::optional<std::string> read_file_if_present(const Path& path) const override {
    auto found = texts.find(path.string());
    return found == texts.end() ? std::nullopt : std::optional(found->second);
  }
  // Long ago, so that a stamp is believed.
  std::optional<base::FileStamp> read_stamp(const Path& path) const override {
    auto found = texts.find(path.string());
    if (found != texts.end()) return base::FileStamp{found->second.size(), 1};
    return find_directory(path) ? std::optional(base::FileStamp{}) : std::nullopt;
  }
  std::vector<std::string> list_directory(const Path& path) const override {
    std::set<std::string> names;
    const auto begin = (path / "").string();
    for (const auto& [file, text] : texts) {
      if (!file.starts_with(begin)) continue;
      auto slash = file.find('/', begin.size());
      names.insert(slash == std::string::npos ? file.substr(begin.size())
                                              : file.substr(begin.size(), slash + 1 - begin.size()));
    }
    return {names.begin(), names.end()};
  }
  bool find_directory(const Path& path) const override { return !list_directory(path).empty(); }
  bool find_link(const Path&) const override { return false; }
  std::optional<Path> find_real_path(const Path& path) const override {
    return find_any(path) ? std::optional(path) : std::nullopt;
  }
  void write_file(const Path& path, std::string_view bytes) const override {
    texts[path.string()] = std::string(bytes);
  }
  void write_file_synced(const Path& path, std::string_view bytes) const override { write_file(path, bytes); }
  std::vector<Path> list_files_below(const Path& directory) const override {
    std::vector<Path> files;
    for (const auto& [file, text] : texts)
      if (base::is_within(file, directory.string())) files.emplace_back(file);
    return files;
  }
  bool write_moved(const Path& from, const Path& to) const override {
    if (find_any(to)) return false;
    for (const auto& file : list_files_below(from)) {
      auto node = texts.extract(file.string());
      node.key() = to.string() + node.key().substr(from.string().size());
      texts.insert(std::move(node));
    }
    return true;
  }
  void remove_tree(const Path& path) const override {
    for (const auto& file : list_files_below(path)) texts.erase(file.string());
  }
  bool mark_used(const Path&) const override { return false; }
};

}  // namespace otel
