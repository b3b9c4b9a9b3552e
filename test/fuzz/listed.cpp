// SPDX-License-Identifier: Apache-2.0
//
// Whatever go prints is a build graph, an environment or a tool's command line, or is refused: nothing else
// comes of it.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "gotool/build_graph.h"
#include "gotool/cover_command.h"
#include "gotool/go_environment.h"
#include "gotool/package_pattern.h"
#include "gotool/tool_command.h"

#include "fuzz.h"

using namespace otel;

namespace {

void check_graph(const std::string& text) {
  auto graph = gotool::parse_build_graph(text);
  for (const auto& package : graph.packages) {
    fuzz::check(package.import_path.find(" [") == std::string::npos, "no package is a variant of a test's");
    fuzz::check(graph.find(package.import_path) != nullptr, "a package is found by its path");
    auto same = std::count_if(graph.packages.begin(), graph.packages.end(),
                              [&](const auto& other) { return other.import_path == package.import_path; });
    fuzz::check(same == 1, "a package is there once");
    gotool::customary_package_name(package.import_path);
  }
}

void check_environment(const std::string& text) {
  auto run = [&](const base::Command&) { return base::ProcessResult{0, text, ""}; };
  try {
    auto go = gotool::read_go_environment(run, "go", "");
    gotool::parse_go_release(go.version);
  } catch (const base::Error&) {
  }
}

// The command line of a tool, a word a line.
void check_tool(const std::string& text) {
  auto arguments = base::split_lines(text);
  if (arguments.empty()) return;
  if (auto cover = gotool::parse_cover_command(arguments))
    fuzz::check(cover->output_list < arguments.size() && cover->first_file <= arguments.size(),
                "places are in the words");
  try {
    auto compile = gotool::parse_compile_command(arguments);
    for (auto file : compile.files) fuzz::check(file < compile.arguments.size(), "files are in the words");
    gotool::add_position_rewrite(compile, "/g", "/r");
    for (auto file : compile.files) fuzz::check(file < compile.arguments.size(), "files stay in the words");
  } catch (const base::InternalError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text_of(data, size);
  check_graph(text);
  check_environment(text);
  check_tool(text);
  return 0;
}
