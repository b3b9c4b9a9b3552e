// SPDX-License-Identifier: Apache-2.0
//
// Rules of some kinds (kinds::Search) are for functions that packages use or mark, so which packages they
// weave shows only in the packages' files.
#pragma once

#include "base/files.h"
#include "gotool/build_graph.h"
#include "plan/selection.h"

namespace otel::preprocess {

// Takes the packages out of a selection that have nothing to do with the rule they are selected for.
void filter_selection(const gotool::BuildGraph& graph, plan::Selection& selection,
                      const base::FileSystem& disk = base::disk());

}  // namespace otel::preprocess
