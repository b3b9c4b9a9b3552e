// SPDX-License-Identifier: Apache-2.0
//
// Any text is a record of a build that can be believed, or is none: nothing else comes of it. What is read as
// one is what would be written of it.
#include "plan/record.h"

#include "base/digest.h"
#include "plan/build_plan.h"
#include "plan/inputs.h"

#include "fuzz.h"

using namespace otel;

namespace {

// As somebody would who knows how a record ends.
std::string with_digest(const std::string& body) {
  return body + "end " + base::short_digest(body) + "\n";
}

void check_record(const std::string& text) {
  auto sections = plan::parse_record(text);
  if (sections) fuzz::check(plan::parse_record(plan::render_record(*sections)) == sections, "a record again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text_of(data, size);
  check_record(text);
  check_record(with_digest(text));
  fuzz::check(plan::parse_record(plan::render_record({{"plan", text}}))->at("plan") == text,
              "any bytes in a section");
  if (auto plan = plan::parse_build_plan(text)) {
    auto rendered = plan::render_build_plan(*plan);
    auto again = plan::parse_build_plan(rendered);
    fuzz::check(again && plan::render_build_plan(*again) == rendered, "a plan again");
  }
  // Paths of the text's choosing are only looked at where they name what a test may read.
  if (text.find('/') == std::string::npos) plan::unchanged_inputs(text);
  return 0;
}
