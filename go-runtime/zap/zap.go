// SPDX-License-Identifier: Apache-2.0

// Package zap gives the entries of go.uber.org/zap the fields of the span in
// which they are written. rulesets/zap.yaml says where. Nothing here imports
// zap: the program's version of it stays the program's.
package zap

import (
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
)

// span is called by the file that is added to zapcore.
//
//go:linkname span go.uber.org/zap/zapcore.otelSpan
var span func() (traceID, spanID, flags string)

func init() {
	if !switches.Off("zap", "go.uber.org/zap") {
		span = currentSpan
	}
}

func currentSpan() (traceID, spanID, flags string) {
	defer hook.Contain("zap_fields", "currentSpan")
	return correlation.Of(nil)
}
