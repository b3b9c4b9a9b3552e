// SPDX-License-Identifier: Apache-2.0
//
// Has go complete the go.mod of a woven build (indirect requirements, checksums) in a file of ours, once for
// each state of the user's go.mod and of what is added.
#pragma once

#include <string>
#include <vector>

#include "driver/site.h"
#include "gotool/go_command.h"

namespace otel::driver {

struct CompletedModule {
  std::string mod_file;               // path for -modfile; its go.sum lies beside it
  std::vector<std::string> warnings;  // what rose and why
};

// `overlay_file` shows go the generated files; `command` says what is built.
CompletedModule complete_module(const Site& site, const gotool::GoCommand& command,
                                const std::string& mod_text, const std::string& sum_text,
                                const std::string& overlay_file);

}  // namespace otel::driver
