// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"crypto/rand"

	"go.opentelemetry.io/otel/trace"
)

// Untraced is ctx with a span that isn't sampled, in the caller's trace if
// there is one: what is done for the request isn't traced either, here and in
// the services that it calls, rather than becoming a trace of its own.
func Untraced(ctx context.Context) context.Context {
	sc := SpanIn(ctx).SpanContext()
	if !sc.IsValid() {
		var traceID trace.TraceID
		var spanID trace.SpanID
		_, _ = rand.Read(traceID[:])
		_, _ = rand.Read(spanID[:])
		sc = sc.WithTraceID(traceID).WithSpanID(spanID)
	}
	return trace.ContextWithSpanContext(ctx, sc.WithTraceFlags(sc.TraceFlags().WithSampled(false)))
}
