// SPDX-License-Identifier: Apache-2.0

// Package slog gives the records of log/slog the attributes of the span in
// which they are made. rulesets/slog.yaml says where.
package slog

import (
	"context"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
	"otel.runtime/logs"
)

// span is called by the file that is added to log/slog.
//
//go:linkname span log/slog.otelSpan
var span func(ctx context.Context) (traceID, spanID, flags string)

// wanted and emit likewise.
//
//go:linkname wanted log/slog.otelWanted
var wanted func() bool

//go:linkname possible log/slog.otelPossible
var possible func() bool

//go:linkname emit log/slog.otelEmit
var emit func(ctx context.Context, at time.Time, level int, name, message string, fields func(yield func(key string, value any)))

func init() {
	if switches.Off("slog", "log/slog") {
		possible = func() bool { return false }
	} else {
		span, wanted, possible, emit = spanOf, logs.Enabled, logs.Possible, write
	}
}

// write exports a record. slog's levels have OpenTelemetry's steps: INFO is 0
// here and 9 there.
func write(ctx context.Context, at time.Time, level int, name, message string, fields func(yield func(key string, value any))) {
	defer hook.Contain("slog_record", "write")
	logs.Write(logs.Entry{Library: "log/slog", Context: ctx, Time: at, Severity: level + 9, Level: name, Message: message, Fields: fields})
}

func spanOf(ctx context.Context) (traceID, spanID, flags string) {
	defer hook.Contain("slog_record", "spanOf")
	return correlation.Of(ctx)
}
