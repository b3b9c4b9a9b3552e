// SPDX-License-Identifier: Apache-2.0
//
// A build that the user wants to watch (--report, --trace-build): go runs as a child of otel's instead of in
// its place, and what it did is written down afterwards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/output_file.h"
#include "base/process.h"
#include "driver/site.h"
#include "plan/build_plan.h"

namespace otel::driver {

class BuildWatch {
 public:
  // Nothing if the options want no build watched. An Error if a file that they name can't be written. `words`
  // is what follows "go".
  static std::unique_ptr<BuildWatch> begin(const Options& options, const std::vector<std::string>& words);

  // Runs go to its end and writes what was asked for; gives go's status as waitpid(2) does. Without a plan
  // go couldn't load the packages, and is run to say why.
  int run(const Site& site, base::Command go, gotool::GoCommand command, const plan::BuildPlan* plan);

 private:
  BuildWatch(const Options& options, const std::vector<std::string>& words);

  std::string typed_;
  std::int64_t begin_us_;
  std::unique_ptr<base::OutputFile> report_;
  std::unique_ptr<base::OutputFile> trace_;
};

}  // namespace otel::driver
