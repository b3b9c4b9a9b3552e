// SPDX-License-Identifier: Apache-2.0

// Package correlation is what log records say of the span in which they were
// written, in the spelling of the OpenTelemetry compatibility document for
// formats other than OTLP.
package correlation

import (
	"context"

	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
)

// Field names.
const (
	TraceID    = "trace_id"
	SpanID     = "span_id"
	TraceFlags = "trace_flags"
)

// Of is the span that ctx carries, else the goroutine's current one. All three are empty
// if there is none. ctx may be nil.
func Of(ctx context.Context) (traceID, spanID, flags string) {
	var sc trace.SpanContext
	span, carries := current.Decides(ctx)
	if !carries {
		span = current.Span()
	}
	if span != nil {
		sc = span.SpanContext()
	}
	if !sc.IsValid() {
		return "", "", ""
	}
	return sc.TraceID().String(), sc.SpanID().String(), sc.TraceFlags().String()
}
