// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"strings"
	"sync/atomic"

	"go.opentelemetry.io/otel/trace"
)

// hookScopes is what the instrumentation scopes of our hooks begin with: they
// push and end their spans themselves.
const hookScopes = "otel.runtime/"

// IsHookScope reports whether a tracer of that name belongs to our hooks.
func IsHookScope(name string) bool { return strings.HasPrefix(name, hookScopes) }

// tracking is whether Track has ever made a span current.
var tracking atomic.Bool

// Track makes a span current that the program itself has started in ctx, until
// its End. It returns the two as the program is to have them: a span that
// doesn't record can't tell that it was ended, so that one is replaced.
func Track(ctx context.Context, span trace.Span) (context.Context, trace.Span) {
	if loadWord == nil || !span.SpanContext().IsValid() {
		return ctx, span
	}
	below, s := newest()
	if s != nil && s.span != nil && same(s.span, span) {
		return ctx, span // another provider's tracer, around this one, has done it
	}
	next := &state{span: span, tracked: true}
	if bag, carried := baggageIn(ctx); carried {
		next.baggage = bag
	} else if s != nil {
		next.baggage = s.baggage
	}
	recording := span.IsRecording()
	if !recording {
		ending := &unrecorded{Span: span}
		next.span = ending
		ending.node = push(next, below, false, false)
		return trace.ContextWithSpan(ctx, ending), ending
	}
	push(next, below, true, false)
	if !tracking.Load() {
		tracking.Store(true)
	}
	return ctx, span
}

// unrecorded is a span that doesn't record, with its node.
type unrecorded struct {
	trace.Span
	node *Node
}

// End may be called on any goroutine.
func (u *unrecorded) End(options ...trace.SpanEndOption) {
	u.Span.End(options...)
	u.node.End()
}

// TrackedEnds is Ended for a recording span that may be one of Track's. A
// goroutine that no longer asks for its current span would keep it alive
// otherwise.
func TrackedEnds(span trace.SpanContext) {
	if tracking.Load() {
		endedContext(span)
	}
}
