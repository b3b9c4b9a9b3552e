// SPDX-License-Identifier: Apache-2.0
#include "toolexec/coverage.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "plan/overlay.h"

#include "gocode/go_package.h"

namespace otel::toolexec {
namespace {

using base::Path;

// Where the text of a file of ours is; empty for any other file.
Path find_own_text(const Path& file, const Path& cache, const plan::Overlay& overlay) {
  if (base::lies_in(file.string(), (cache / "runtimes").string())) return file;
  auto backing = overlay.find(file.string());
  return backing != overlay.end() && base::lies_in(backing->second, (cache / "generated").string())
             ? Path(backing->second)
             : Path();
}

}  // namespace

gotool::CoverCommand write_uncovered_files(const gotool::CoverCommand& command, const Path& cache,
                                           const Path& overlay_file) {
  auto overlay = plan::parse_overlay(overlay_file.string(), base::read_file(overlay_file), "");
  auto listed = base::read_file(command.words[command.output_list]);
  // The first is for the variables of the package's counters, the others for the files in their order.
  auto outputs = base::split_lines(base::trim(listed));
  auto count = command.words.size() - command.first_file;
  if (outputs.size() != count + 1)
    throw base::InternalError(fmt::format("cover of {} files into {}", count, outputs.size()));

  auto rest = command;
  rest.words.resize(command.first_file);
  std::string rest_outputs(outputs[0]);
  std::string package_name;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& file = command.words[command.first_file + i];
    auto own = find_own_text(file, cache, overlay);
    if (own.empty()) {
      rest.words.push_back(file);
      rest_outputs += fmt::format("\n{}", outputs[i + 1]);
      continue;
    }
    gocode::GoFile go(file, base::read_file(own));
    package_name = go.outline.package_name.text;
    // Positions as cover gives them to what it writes.
    base::write_file(outputs[i + 1], fmt::format("//line {}:1:1\n{}", file, go.source.bytes()));
  }
  if (package_name.empty()) return command;

  auto folder = Path(command.work_folder()) / "otel.cover";
  if (rest.words.size() == rest.first_file) {
    // The variables are wanted also where there is nothing to count.
    auto empty = folder / "empty.go";
    base::write_file(empty, fmt::format("package {}\n", package_name));
    rest.words.push_back(empty.string());
    rest_outputs += fmt::format("\n{}", (folder / "empty.cover.go").string());
  }
  rest.words[rest.output_list] = (folder / "outputs").string();
  base::write_file(rest.words[rest.output_list], rest_outputs);
  return rest;
}

}  // namespace otel::toolexec
