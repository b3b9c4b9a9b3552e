// SPDX-License-Identifier: Apache-2.0

// Package zap gives the entries of go.uber.org/zap the fields of the span in
// which they are written. rulesets/zap.yaml says where. Nothing here imports
// zap: the program's version of it stays the program's.
package zap

import (
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
	"otel.runtime/logs"
)

// span is called by the file that is added to zapcore.
//
//go:linkname span go.uber.org/zap/zapcore.otelSpan
var span func() (traceID, spanID, flags string)

// wanted and emit likewise.
//
//go:linkname wanted go.uber.org/zap/zapcore.otelWanted
var wanted func() bool

//go:linkname possible go.uber.org/zap/zapcore.otelPossible
var possible func() bool

//go:linkname emit go.uber.org/zap/zapcore.otelEmit
var emit func(at time.Time, level int, name, message string, fields map[string]any)

// severities are indexed by zap's levels, from debug, which is -1, to fatal.
var severities = [...]int{5, 9, 13, 17, 18, 19, 21}

func init() {
	if switches.Off("zap", "go.uber.org/zap") {
		possible = func() bool { return false }
	} else {
		span, wanted, possible, emit = currentSpan, logs.Enabled, logs.Possible, write
	}
}

func currentSpan() (traceID, spanID, flags string) {
	defer hook.Contain("zap_fields", "currentSpan")
	return correlation.Of(nil)
}

// write exports an entry, its fields in the order of their keys.
func write(at time.Time, level int, name, message string, fields map[string]any) {
	defer hook.Contain("zap_entry", "write")
	severity := 0
	if level >= -1 && level+1 < len(severities) {
		severity = severities[level+1]
	}
	logs.Write(logs.Entry{Library: "go.uber.org/zap", Time: at, Severity: severity, Level: name, Message: message,
		Fields: logs.Sorted(fields)})
}
