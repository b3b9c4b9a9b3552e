// SPDX-License-Identifier: Apache-2.0
//
// Any text is rules, or an Error with a place.
#include "base/error.h"
#include "rules/loader.h"

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    otel::rules::parse_rules("fuzz.yaml", otel::fuzz::text_of(data, size),
                             [](const std::string&) { return std::optional<std::string>("package p\n"); });
  } catch (const otel::base::InternalError&) {
    throw;
  } catch (const otel::base::Error& error) {
    otel::fuzz::check(!error.render().empty(), "an error says something");
  }
  return 0;
}
