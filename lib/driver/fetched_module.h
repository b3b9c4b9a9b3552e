// SPDX-License-Identifier: Apache-2.0
//
// `go install pkg@version` as an install in that module's own folder, where a file can be added to the main
// package. The folder lies in the module cache, beneath which go takes no overlay, so it is entered through a
// link in otel's cache; the binary is told the module's own path and version again.
#pragma once

#include <optional>
#include <string>

#include "cli/site.h"
#include "gotool/go_command.h"

namespace otel::driver {

struct FetchedInstall {
  cli::Site site;             // of the link
  gotool::GoCommand command;  // names folders of the module
};

// Nothing where go's own command must do: flags that have a meaning of their own there, a module without a
// go.mod or with one that go refuses or reads otherwise (cmd/go, "go help install"), a package not found.
std::optional<FetchedInstall> fetch_install(const cli::Site& site, const gotool::GoCommand& command);

}  // namespace otel::driver
