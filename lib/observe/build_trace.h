// SPDX-License-Identifier: Apache-2.0
//
// A build as a trace in Chrome's format (JSON), which Perfetto and chrome://tracing show.
#pragma once

#include <string>
#include <string_view>

#include "observe/build_record.h"

namespace otel::observe {

// Three processes: the go command with the events that it wrote itself (`go_trace`, the text after its
// -debug-trace; may be empty or cut short), otel with its stages, and the tools with a row for each that ran
// beside others. Woven packages have {"otel": "woven"} in the arguments of their actions and compiles, and
// the time of weaving as an event within the compile.
std::string render_build_trace(const BuildRecord& record, std::string_view go_trace);

}  // namespace otel::observe
