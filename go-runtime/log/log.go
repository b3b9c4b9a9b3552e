// SPDX-License-Identifier: Apache-2.0

// Package log ends the lines of package log with the span in which they are
// written. rulesets/log.yaml says where, and the file that is added to log
// which lines.
package log

import (
	"io"
	"reflect"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
)

// suffix is called by the file that is added to log.
//
//go:linkname suffix log.otelSuffix
var suffix func(out io.Writer) string

func init() {
	if !switches.Off("log") {
		suffix = suffixFor
	}
}

// suffixFor is empty for a logger that writes to slog, whose records have
// attributes.
func suffixFor(out io.Writer) string {
	defer hook.Contain("log_line", "suffixFor")
	traceID, spanID, flags := correlation.Of(nil)
	if traceID == "" || out == nil || reflect.TypeOf(out).String() == "*slog.handlerWriter" {
		return ""
	}
	return " " + correlation.TraceID + "=" + traceID + " " + correlation.SpanID + "=" + spanID + " " +
		correlation.TraceFlags + "=" + flags
}
