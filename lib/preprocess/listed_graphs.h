// SPDX-License-Identifier: Apache-2.0
//
// What go listed for an analysis, kept in the cache with what it was made of: after an edit of a rule, or of
// a package that is woven, the next analysis asks go only what it hasn't answered yet.
#pragma once

#include <optional>
#include <string>

#include "gotool/build_graph.h"
#include "gotool/go_command.h"
#include "gotool/toolchain.h"
#include "plan/inputs.h"
#include "plan/record.h"
#include "preprocess/own_cache.h"

namespace otel::preprocess {

class ListedGraphs {
 public:
  // Of the analyses of one command.
  ListedGraphs(const gotool::Toolchain& toolchain, const OwnCache& cache, const gotool::GoCommand& command);

  // What go lists for that command or one that belongs to it, as list_build_graph.
  gotool::BuildGraph list(const gotool::GoCommand& command);

  // What earlier answers were made of, if it is unchanged; answers are used again only then.
  const std::optional<plan::Inputs>& made_of() const { return made_of_; }

  // Keeps the answers so far, with what they were made of.
  void keep(const plan::Inputs& made_of) const;

 private:
  void read();

  const gotool::Toolchain& toolchain_;
  const base::FileSystem& files_;
  base::Path file_;
  std::optional<plan::Inputs> made_of_;
  plan::Sections answers_;  // by digest of the question
  bool asked_ = false;      // go, for one of them
};

}  // namespace otel::preprocess
