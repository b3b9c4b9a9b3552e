// SPDX-License-Identifier: Apache-2.0
//
// The output of go list for an analysis, cached with its inputs: after an edit of a rule, or of
// a woven package, the next analysis only runs go list for what isn't cached.
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

  // The inputs of the cached outputs, if they are unchanged; only then the outputs are used.
  const std::optional<plan::Inputs>& earlier_inputs() const { return earlier_inputs_; }

  // Caches the outputs so far with their inputs.
  void keep(const plan::Inputs& inputs) const;

 private:
  void read();

  const gotool::Toolchain& toolchain_;
  const base::FileSystem& files_;
  base::Path file_;
  std::optional<plan::Inputs> earlier_inputs_;
  plan::Sections outputs_;        // by digest of the question
  bool has_new_outputs_ = false;  // go, for one of them
};

}  // namespace otel::preprocess
