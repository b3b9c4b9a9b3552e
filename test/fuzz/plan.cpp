// SPDX-License-Identifier: Apache-2.0
//
// Any text is the plan of a package or an overlay, or is refused; what is read as one means the same when it
// is written and read again.
#include "base/error.h"
#include "plan/overlay.h"
#include "plan/package_plan.h"
#include "plan/woven_text.h"

#include "fuzz.h"

using namespace otel;

namespace {

void check_package_plan(const std::string& text) {
  try {
    auto rendered = plan::render_package_plan(plan::parse_package_plan(text));
    fuzz::check(plan::render_package_plan(plan::parse_package_plan(rendered)) == rendered, "a plan again");
  } catch (const base::InternalError&) {
  }
}

void check_overlay(const std::string& text) {
  const std::string directory = "/p\xff/app";
  plan::Overlay overlay;
  try {
    overlay = plan::parse_overlay("o.json", text, directory);
  } catch (const base::Error&) {
    return;
  }
  // A directory in the text comes before ours.
  if (text.find('D') != std::string::npos || plan::find_unwritable(overlay, directory)) return;
  auto again = plan::parse_overlay("o.json", plan::render_overlay(overlay, directory), "/elsewhere");
  fuzz::check(again == overlay, "an overlay again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text_of(data, size);
  check_package_plan(text);
  check_overlay(text);
  plan::find_woven_text(text);
  return 0;
}
