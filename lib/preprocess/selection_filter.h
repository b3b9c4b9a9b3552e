// SPDX-License-Identifier: Apache-2.0
//
// Rules of some kinds (kinds::Search) are for functions that packages use or mark, so which packages they
// weave shows only in the packages' files.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "gotool/build_graph.h"
#include "plan/selection.h"

namespace otel::preprocess {

// The files of packages, each read once however many rules and selections ask.
class PackageFiles {
 public:
  // The file system must outlive this.
  explicit PackageFiles(const base::FileSystem& disk) : disk_(disk) {}

  // Path and text of each.
  using Files = std::vector<std::pair<std::string, std::string>>;
  const Files& of(const gotool::Package& package);

 private:
  const base::FileSystem& disk_;
  std::map<std::string, Files> read_;  // by import path
};

// Takes the packages out of a selection that have nothing to do with the rule they are selected for.
void filter_selection(const gotool::BuildGraph& graph, plan::Selection& selection, PackageFiles& files);

}  // namespace otel::preprocess
