// SPDX-License-Identifier: Apache-2.0
#include "toolexec/uncovered_files.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "plan/overlay.h"

#include "gocode/go_package.h"

namespace otel::toolexec {
namespace {

using base::Path;

// The path of the text of an added file; empty for any other file.
Path find_added_text(const Path& file, const Path& cache, const plan::Overlay& overlay) {
  auto backing = overlay.find(file.string());
  if (backing != overlay.end())
    return base::is_within(backing->second, (cache / "generated").string()) ? Path(backing->second) : Path();
  return base::is_within(file.string(), (cache / "runtimes").string()) ? file : Path();
}

}  // namespace

gotool::CoverCommand write_uncovered_files(const gotool::CoverCommand& command, const Path& cache,
                                           const Path& overlay_file) {
  auto overlay = plan::parse_overlay(overlay_file.string(), base::read_file(overlay_file), "");
  auto listed = base::read_file(command.arguments[command.output_list]);
  // The first is for the variables of the package's counters, the others for the files in their order.
  auto outputs = base::split_lines(base::trim(listed));
  auto count = command.arguments.size() - command.first_file;
  if (outputs.size() != count + 1)
    throw base::InternalError(fmt::format("cover of {} files into {}", count, outputs.size()));

  auto rest = command;
  rest.arguments.resize(command.first_file);
  std::string rest_outputs(outputs[0]);
  std::string package_name;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& file = command.arguments[command.first_file + i];
    auto own = find_added_text(file, cache, overlay);
    if (own.empty()) {
      rest.arguments.push_back(file);
      rest_outputs += fmt::format("\n{}", outputs[i + 1]);
      continue;
    }
    gocode::GoFile go(file, base::read_file(own));
    package_name = go.outline.package_name.text;
    // Positions as cover gives them to what it writes.
    base::write_file(outputs[i + 1], fmt::format("//line {}:1:1\n{}", file, go.source.bytes()));
  }
  if (package_name.empty()) return command;

  auto directory = Path(command.work_directory()) / "otel.cover";
  if (rest.arguments.size() == rest.first_file) {
    // The variables are wanted also where there is nothing to count.
    auto empty = directory / "empty.go";
    base::write_file(empty, fmt::format("package {}\n", package_name));
    rest.arguments.push_back(empty.string());
    rest_outputs += fmt::format("\n{}", (directory / "empty.cover.go").string());
  }
  rest.arguments[rest.output_list] = (directory / "outputs").string();
  base::write_file(rest.arguments[rest.output_list], rest_outputs);
  return rest;
}

}  // namespace otel::toolexec
