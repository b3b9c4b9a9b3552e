// SPDX-License-Identifier: Apache-2.0
//
// Any text is read as a go.mod, a go.work and a vendor/modules.txt; what otel makes of it says what it said.
#include <algorithm>

#include "gotool/module_file.h"
#include "gotool/module_lines.h"
#include "gotool/work_file.h"
#include "plan/vendor.h"

#include "fuzz.h"

using namespace otel;

namespace {

void check_arguments(const std::string& text) {
  for (const auto& line : gotool::parse_module_lines(text))
    for (const auto& token : line.tokens)
      fuzz::check(gotool::module_line_tokens("x " + gotool::quote_module_token(token)) ==
                      std::vector<std::string>{"x", token},
                  "a word comes back from its quotes");
}

void check_work(const std::string& text) {
  auto absolute = gotool::with_absolute_directories(text, "/w");
  for (const auto& line : gotool::parse_module_lines(absolute))
    if (line.tokens.size() == 2 && line.tokens[0] == "use")
      fuzz::check(line.tokens[1].starts_with("/"), "no directory of a module stays relative");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text_of(data, size);
  check_arguments(text);
  check_work(text);
  auto vendored = plan::parse_vendor_list(text);
  auto file = plan::add_vendored(gotool::parse_module_file(text), vendored);
  for (const auto& module : vendored)
    fuzz::check(!file.required_version(module.path).empty(), "a vendored module is required");
  plan::render_vendored_module(text, file, file, {});
  plan::render_vendored_work(text, file, {});
  if (!vendored.empty()) plan::render_vendored_stub(vendored.front().path, vendored);
  return 0;
}
