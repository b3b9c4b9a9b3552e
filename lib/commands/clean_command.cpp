// SPDX-License-Identifier: Apache-2.0
#include "commands/clean_command.h"

#include <cstdio>
#include <fmt/format.h>

#include "base/cache.h"
#include "base/error.h"
#include "base/text.h"
#include "gotool/toolchain.h"

namespace otel::commands {

int run_clean_command(const std::vector<std::string>& arguments) {
  bool only_print = arguments.size() == 1 && arguments[0] == "-n";
  if (!arguments.empty() && !only_print)
    throw base::Error(fmt::format("clean: unknown argument \"{}\"", base::join(arguments, " ")))
        .hint("use -n to print what would be removed")
        .status(base::kExitUsage);
  auto cache = gotool::find_own_cache(gotool::read_toolchain(gotool::find_go(), gotool::run_directory()));
  auto entries = base::list_cache(cache);
  std::uint64_t bytes = 0;
  for (const auto& entry : entries) {
    bytes += entry.bytes;
    if (only_print) fmt::print("rm -r {}\n", entry.path.string());
  }
  if (!only_print) base::remove_entries(entries);
  fmt::print("{} {} of {} in {}\n", only_print ? "would remove" : "removed", base::bytes_text(bytes),
             entries.size() == 1 ? "1 entry" : fmt::format("{} entries", entries.size()), cache.string());
  return 0;
}

}  // namespace otel::commands
