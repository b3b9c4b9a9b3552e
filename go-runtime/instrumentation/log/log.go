// SPDX-License-Identifier: Apache-2.0

// Package log exports what the standard library's package log writes, and
// appends the span's ids to its lines where that is asked for. The rules of
// rulesets/optional/log, for builds with --enable log, say where it is called.
//
// A line of package log has no fields, and programs print whatever they like
// with it: without OTEL_GO_LOG_TRACE_IDS=true it stays as it is.
package log

import (
	"fmt"
	"strings"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/switches"
	"otel.runtime/telemetry/logs"
)

// Called by the file that is added to log/internal.

//go:linkname wanted log/internal.otelWanted
var wanted func() bool

//go:linkname emit log/internal.otelEmit
var emit func(out any, unixNano int64, message string)

//go:linkname span log/internal.otelSpan
var span func() string

func init() {
	if switches.Off("log") {
		return
	}
	wanted, emit = logs.Enabled, write
	if strings.EqualFold(strings.TrimSpace(environ.Get("OTEL_GO_LOG_TRACE_IDS")), "true") {
		span = ids
	}
}

// information is INFO: package log has no levels.
const information = 9

// write exports a message. What goes on to log/slog is exported there.
func write(out any, unixNano int64, message string) {
	defer hook.Contain("log_message", "write")
	if fmt.Sprintf("%T", out) == "*slog.handlerWriter" {
		return
	}
	logs.Write(logs.Entry{Library: "log", Time: time.Unix(0, unixNano), Severity: information, Message: strings.TrimSuffix(message, "\n")})
}

func ids() string {
	defer hook.Contain("log_message", "ids")
	traceID, spanID, flags := correlation.Of(nil)
	if traceID == "" {
		return ""
	}
	return " trace_id=" + traceID + " span_id=" + spanID + " trace_flags=" + flags
}
