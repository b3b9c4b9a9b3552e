// SPDX-License-Identifier: Apache-2.0
//
// Whose files decide about a build: the user's, or root's. On a machine with several users a folder above a
// project may be somebody else's, as git's safe.directory knows.
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

  // `user` runs otel; files of `trusted` count as theirs. In the folders `safe`, and all beneath them, files
  // may be anybody's; "*" is every folder.
  Ownership(Reader read, std::set<unsigned> trusted, std::vector<std::string> safe);

  // Of this process: the effective user, root, and if root came by sudo, the user who called it.
  static Ownership of_process(const std::vector<std::string>& safe);

  // Whether a path that exists belongs to the user or root: the file, the link if it is one, and the folder
  // that it stands in. What isn't there belongs to nobody who could do harm.
  bool is_own(const base::Path& path) const;

  // An Error that says how to allow it, for a file that isn't.
  void check(const base::Path& file) const;

 private:
  std::optional<base::Path> find_foreign(const base::Path& path) const;

  Reader read_;
  std::set<unsigned> trusted_;
  std::vector<std::string> safe_;
};

}  // namespace otel::preprocess
