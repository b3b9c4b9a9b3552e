// SPDX-License-Identifier: Apache-2.0
//
// otel's cache directory as an analysis writes it: the one writer of the preprocess phase.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/files.h"

namespace otel::preprocess {

class OwnCache {
 public:
  // The file system must outlive this.
  explicit OwnCache(base::Path directory, const base::FileSystem& files = base::disk())
      : directory_(std::move(directory)), files_(files) {}

  const base::Path& directory() const { return directory_; }
  const base::FileSystem& files() const { return files_; }
  bool holds(const std::string& path) const { return base::is_within(path, directory_.string()); }

  // A text under its digest; the path. The extension of `name` is kept.
  std::string write_generated(const std::string& name, std::string_view text) const;
  // The plan of a package under its digest, where tool processes look for it.
  base::Path write_package_plan(const std::string& digest, std::string_view text) const;
  // Where these are.
  base::Path package_plans() const { return directory_ / "packages"; }

 private:
  base::Path directory_;
  const base::FileSystem& files_;
};

}  // namespace otel::preprocess
