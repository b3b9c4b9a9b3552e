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
	"otel.runtime/internal/environ"
	"otel.runtime/telemetry/logs"
)

// Called by the file that is added to log/internal.

//go:linkname wanted log/internal.otelWanted
var wanted func() bool

//go:linkname emit log/internal.otelEmit
var emit func(out any, unixNano int64, message string)

//go:linkname span log/internal.otelSpan
var span func() string

// logger has one level, INFO: package log has none.
var logger = logs.NewLogger("log", logs.Severities{Of: []int{9}}, "log")

func init() {
	if logger.Off {
		return
	}
	wanted, emit = logs.Enabled, write
	if strings.EqualFold(strings.TrimSpace(environ.Get("OTEL_GO_LOG_TRACE_IDS")), "true") {
		span = ids
	}
}

// write exports a message. What goes on to log/slog is exported there.
func write(out any, unixNano int64, message string) {
	defer hook.Contain("log_message", "write")
	if fmt.Sprintf("%T", out) == "*slog.handlerWriter" {
		return
	}
	logs.Write(logger.Entry(nil, time.Unix(0, unixNano), 0, "", strings.TrimSuffix(message, "\n")))
}

func ids() string {
	traceID, spanID, flags := logs.Span("log_message", nil)
	if traceID == "" {
		return ""
	}
	return " trace_id=" + traceID + " span_id=" + spanID + " trace_flags=" + flags
}
