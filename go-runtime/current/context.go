// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
)

// spanIn is the span that ctx itself carries, or nil: defined in the woven
// OpenTelemetry API (rulesets/opentelemetry/trace), whose
// SpanFromContext answers with the goroutine's for a context without one. Nil
// where the API isn't woven: then SpanFromContext says the same.
//
//go:linkname spanIn go.opentelemetry.io/otel/trace.otelSpanIn
var spanIn func(ctx context.Context) trace.Span

// SpanIn is the span that ctx itself carries, whatever is current; one that
// isn't valid if there is none. For who must not take a parent from the
// goroutine: a server whose request has come from elsewhere.
func SpanIn(ctx context.Context) trace.Span {
	if spanIn == nil {
		return trace.SpanFromContext(ctx)
	}
	if ctx != nil {
		if span := spanIn(ctx); span != nil {
			return span
		}
	}
	return none
}

// baggageKey is what contexts carry baggage under, which the API keeps to itself:
// what it asks an empty context for.
var baggageKey = func() any {
	ctx := &asked{Context: context.Background()}
	baggage.FromContext(ctx)
	return ctx.key
}()

// baggageIn is the baggage that ctx itself carries, be it none, whatever is
// current.
func baggageIn(ctx context.Context) (bag baggage.Baggage, carried bool) {
	if ctx.Value(baggageKey) == nil {
		return bag, false
	}
	return baggage.FromContext(ctx), true
}

// none is what trace.SpanFromContext has for an empty context.
var none = trace.SpanFromContext(context.Background())

// Context is ctx with what it lacks of the current span and baggage: ctx
// itself if it carries a span, be it none (see Decides), or nothing is current. A
// nil ctx is taken for the empty one.
func Context(ctx context.Context) context.Context {
	if muted.Load() {
		if carried, _ := Carried(ctx); leadsNowhere(carried) {
			return seenThrough(ctx)
		}
	}
	_, s, span := newest()
	if span == nil {
		return ctx
	}
	if _, carries := Decides(ctx); carries {
		return ctx
	}
	return within(ctx, s, span)
}
