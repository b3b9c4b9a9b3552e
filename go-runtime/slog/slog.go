// SPDX-License-Identifier: Apache-2.0

// Package slog gives the records of log/slog the attributes of the span in
// which they are made. rulesets/slog.yaml says where.
package slog

import (
	"context"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
)

// span is called by the file that is added to log/slog.
//
//go:linkname span log/slog.otelSpan
var span func(ctx context.Context) (traceID, spanID, flags string)

func init() {
	if !switches.Off("slog", "log/slog") {
		span = spanOf
	}
}

func spanOf(ctx context.Context) (traceID, spanID, flags string) {
	defer hook.Contain("slog_record", "spanOf")
	return correlation.Of(ctx)
}
