// SPDX-License-Identifier: Apache-2.0

// Package logrus gives the entries of github.com/sirupsen/logrus the fields of
// the span in which they are written. rulesets/logrus.yaml says where. Nothing
// here imports logrus: the program's version of it stays the program's.
package logrus

import (
	"context"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/internal/correlation"
	"otel.runtime/internal/switches"
)

// span is called by the file that is added to logrus.
//
//go:linkname span github.com/sirupsen/logrus.otelSpan
var span func(ctx context.Context) (traceID, spanID, flags string)

func init() {
	if !switches.Off("logrus", "github.com/sirupsen/logrus") {
		span = spanOf
	}
}

func spanOf(ctx context.Context) (traceID, spanID, flags string) {
	defer hook.Contain("logrus_fields", "spanOf")
	return correlation.Of(ctx)
}
