// SPDX-License-Identifier: Apache-2.0
//
// Only files of the user or of root affect a build. On a machine with several users a directory above
// a project may belong to another user (compare git's safe.directory).
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"

namespace otel::preprocess {

class Ownership {
 public:
  // The owner of a path; `of_link` asks for that of the link itself. As base::read_owner.
  using Reader = std::function<std::optional<unsigned>(const base::Path& path, bool of_link)>;

  // `user` runs otel; files of `trusted` count as theirs. In the directories `safe`, and all beneath them,
  // files may be anybody's; "*" is every directory.
  Ownership(Reader read, std::set<unsigned> trusted, std::vector<std::string> safe);

  // Of this process: the effective user, root, and if root came by sudo, the user who called it.
  static Ownership of_process(const std::vector<std::string>& safe);

  // Whether a path that exists belongs to the user or root: the file, the link if it is one, and the
  // its directory. True for a path that doesn't exist.
  bool is_own(const base::Path& path) const;

  // Throws an Error with the way to allow it for any other file.
  void check(const base::Path& file) const;

 private:
  std::optional<base::Path> find_foreign(const base::Path& path) const;

  Reader read_;
  std::set<unsigned> trusted_;
  std::vector<std::string> safe_;
};

}  // namespace otel::preprocess
