// SPDX-License-Identifier: Apache-2.0
//
// A build that is watched (--report, --trace-build, a progress line): go runs as a child process,
// and the report or trace is written when it ends.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/output_file.h"
#include "base/process.h"
#include "cli/options.h"
#include "gotool/build_request.h"
#include "gotool/toolchain.h"
#include "observe/progress_line.h"
#include "plan/build_plan.h"

namespace otel::observe {

class BuildWatch {
 public:
  // An Error if a file that the options name can't be written. `arguments` is what follows "go".
  BuildWatch(const cli::Options& options, const std::vector<std::string>& arguments);

  // The line for otel's own work; ends before anything is printed.
  void end_stage_line() { line_.reset(); }

  // Whether the command with its plan is to be run here. Without a plan go couldn't load the packages.
  bool wants(const gotool::BuildRequest& request, const plan::BuildPlan* plan) const;

  // Runs go to its end and writes what was asked for; gives go's status as waitpid(2) does.
  // `cache` is otel's cache directory.
  int run(const gotool::Toolchain& toolchain, const base::Path& cache, base::Command go,
          const gotool::BuildRequest& request, const plan::BuildPlan* plan);

 private:
  bool wants_line(const gotool::BuildRequest& request, const plan::BuildPlan* plan) const;

  std::string typed_;
  std::int64_t begin_us_;
  bool line_wanted_;
  std::unique_ptr<base::OutputFile> report_;
  std::unique_ptr<base::OutputFile> trace_;
  std::unique_ptr<ProgressLine> line_;
};

}  // namespace otel::observe
