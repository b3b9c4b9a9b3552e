// SPDX-License-Identifier: Apache-2.0
//
// What the tools of a build are doing, for the progress line, read from their record.
//
// go prints what its tools print, on the same terminal as the line. So the line's thread holds a lock on the
// record while the line is visible, and a tool process with output writes that to the record
// and waits for the lock; from then on there is no line. The same goes for what go starts once a program is
// linked, in `go run` and `go test`; and while a C compiler runs, whose warnings go prints.
#pragma once

#include <memory>
#include <string>

#include "base/files.h"
#include "gotool/build_request.h"
#include "observe/progress_line.h"

namespace otel::observe {

// Whether go prints nothing of its own while tools run, as far as its flags show.
bool is_silent_build(const gotool::BuildRequest& request);

// Makes the record of such a command, empty but for what tool processes have to know.
void write_empty_record(const base::Path& record, const gotool::GoCommand& command);

std::unique_ptr<ProgressText> tool_text(const base::Path& record);

}  // namespace otel::observe
