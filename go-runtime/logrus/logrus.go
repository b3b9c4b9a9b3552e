// SPDX-License-Identifier: Apache-2.0

// Package logrus gives the entries of github.com/sirupsen/logrus the fields of
// the span in which they are written. rulesets/logrus.yaml says where. Nothing
// here imports logrus: the program's version of it stays the program's.
package logrus

import (
	"context"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
	"otel.runtime/logs"
)

// span is called by the file that is added to logrus.
//
//go:linkname span github.com/sirupsen/logrus.otelSpan
var span func(ctx context.Context) (traceID, spanID, flags string)

// wanted and emit likewise.
//
//go:linkname wanted github.com/sirupsen/logrus.otelWanted
var wanted func() bool

//go:linkname emit github.com/sirupsen/logrus.otelEmit
var emit func(ctx context.Context, at time.Time, level int, name, message string, fields map[string]any)

// severities are indexed by logrus' levels, from panic to trace.
var severities = [...]int{24, 21, 17, 13, 9, 5, 1}

func init() {
	if !switches.Off("logrus", "github.com/sirupsen/logrus") {
		span, wanted, emit = spanOf, logs.Enabled, write
	}
}

func spanOf(ctx context.Context) (traceID, spanID, flags string) {
	defer hook.Contain("logrus_fields", "spanOf")
	return correlation.Of(ctx)
}

// write exports an entry, its fields in the order of their keys.
func write(ctx context.Context, at time.Time, level int, name, message string, fields map[string]any) {
	defer hook.Contain("logrus_fields", "write")
	severity := 0
	if level >= 0 && level < len(severities) {
		severity = severities[level]
	}
	logs.Write(logs.Entry{Library: "github.com/sirupsen/logrus", Context: ctx, Time: at, Severity: severity, Level: name, Message: message,
		Fields: logs.Sorted(fields)})
}
