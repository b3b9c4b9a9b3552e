// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
)

// Push makes span the current one of this goroutine, and of goroutines started
// from here, until the node's End or the span's own. Baggage stays what it was.
// Returns nil, which can be ended too, where the runtime isn't woven.
func Push(span trace.Span) *Node {
	if loadWord == nil {
		return nil
	}
	below, s := newest()
	next := newState(span)
	if s != nil {
		next.baggage = s.baggage
	}
	return push(next, beneath(below, s, span), span.IsRecording(), false)
}

// PushContext is Push with the span and the baggage of ctx.
func PushContext(ctx context.Context) *Node {
	if loadWord == nil {
		return nil
	}
	span := SpanIn(ctx)
	below, s := newest()
	next := newState(span)
	next.baggage, _ = baggageIn(ctx)
	return push(next, beneath(below, s, span), span.IsRecording(), false)
}

// beneath is the node on which span's goes: not one of the same span, which
// whoever started the span may have pushed just before. That one isn't ended,
// as another goroutine may share it.
func beneath(below *Node, s *state, span trace.Span) *Node {
	if s == nil || s.span == nil || !same(s.span, span) {
		return below
	}
	below, _ = skip(below.previous.Load())
	return below
}

// same compares by identifiers: not every implementation of trace.Span can be
// compared by ==.
func same(a, b trace.Span) bool {
	return sameContext(a.SpanContext(), b.SpanContext())
}

func sameContext(x, y trace.SpanContext) bool {
	return x.IsValid() && x.SpanID() == y.SpanID() && x.TraceID() == y.TraceID()
}

// End says that the node's span isn't current any more, on any goroutine:
// called where the span ends, or leaves the function that it was started for.
// On the goroutine that pushed it the newest span beneath becomes current. It
// may be called on any goroutine, more than once, and on nil.
func (n *Node) End() {
	if n == nil {
		return
	}
	n.state.Store(nil)
	if head() == n {
		newest()
	}
}

// Unwind is End for a span that encloses everything which its goroutine has
// pushed since: what is above the node leaves the goroutine too, though it may
// not be over. A handler that forgets to end a span doesn't leave it to the
// next request on the same goroutine. To be called on the goroutine that
// pushed the node.
func (n *Node) Unwind() {
	if n == nil {
		return
	}
	n.state.Store(nil)
	below, _ := skip(n.previous.Load())
	setHead(below)
}

// Ended is End for whoever has a span but not its node. It knows the spans of
// this goroutine's list; a recording span that is ended elsewhere is skipped
// because it no longer records.
func Ended(span trace.Span) { endedContext(span.SpanContext()) }

func endedContext(of trace.SpanContext) {
	for n := head(); n != nil; n = n.previous.Load() {
		if s := n.state.Load(); s != nil && s.span != nil && sameContext(s.span.SpanContext(), of) {
			n.End()
			return
		}
	}
}

// Span is the current span of this goroutine, or nil.
func Span() trace.Span {
	if _, s := newest(); s != nil {
		return s.span
	}
	return nil
}

// SpanContext is that of Span, or the zero value, which isn't valid.
func SpanContext() trace.SpanContext {
	if span := Span(); span != nil {
		return span.SpanContext()
	}
	return trace.SpanContext{}
}

// Baggage is what was last pushed with PushContext on this goroutine and isn't
// over; empty if there is none.
func Baggage() baggage.Baggage {
	if _, s := newest(); s != nil {
		return s.baggage
	}
	return baggage.Baggage{}
}
