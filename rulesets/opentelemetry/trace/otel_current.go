// SPDX-License-Identifier: Apache-2.0

// Added to package trace of the OpenTelemetry API: the goroutine's span for
// contexts without one. otel.runtime/current reaches otelSpanIn, and
// otel.runtime/instrumentation/opentelemetry sets otelCurrent, by linkname.

package trace

import (
	"context"
	_ "unsafe" // for go:linkname
)

// otelCurrent, if set, is the goroutine's span for ctx, in which none is found,
// or nil.
//
//go:linkname otelCurrent
var otelCurrent func(ctx context.Context) Span

// otelSpanIn is the span that ctx carries, or nil.
//
//go:linkname otelSpanIn
var otelSpanIn func(ctx context.Context) Span = otelCarried

//go:linkname otelCarried
//go:noinline
func otelCarried(ctx context.Context) Span {
	span, _ := ctx.Value(currentSpanKey).(Span)
	return span
}

// otelValue is the span of ctx, else the goroutine's. Called in the place of a
// method with the same arguments, it makes SpanFromContext no easier to inline.
//
//go:linkname otelValue
//go:noinline
func otelValue(ctx context.Context, key any) any {
	if carried := ctx.Value(key); carried != nil || otelCurrent == nil {
		return carried
	}
	return otelCurrent(ctx)
}
