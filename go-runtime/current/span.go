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
	below, s, _ := newest()
	next := newState(span)
	if s != nil {
		next.baggage = s.baggage
	}
	return push(span, next, below, false)
}

// PushWork is Push for a span that is work of its own: see Work.
func PushWork(span trace.Span) *Node {
	if loadWord == nil {
		return nil
	}
	below, s, _ := newest()
	next := newState(span)
	if s != nil {
		next.baggage = s.baggage
	}
	return push(span, next, below, true)
}

// PushContext is Push with the span and the baggage of ctx.
func PushContext(ctx context.Context) *Node { return pushContext(ctx, false) }

// PushWorkContext is PushWork with the span and the baggage of ctx.
func PushWorkContext(ctx context.Context) *Node { return pushContext(ctx, true) }

func pushContext(ctx context.Context, work bool) *Node {
	if loadWord == nil {
		return nil
	}
	span := SpanIn(ctx)
	below, _, _ := newest()
	next := newState(span)
	next.baggage, _ = baggageIn(ctx)
	return push(span, next, below, work)
}

// push puts a hook's node on top, but not on one of the same span, which whoever
// started the span may have pushed just before. That one isn't ended, as another
// goroutine may share it.
func push(span trace.Span, s *state, below *Node, work bool) *Node {
	of := span.SpanContext()
	if below != nil && of.IsValid() && below.is(of) {
		work = work || below.work == below
		below, _, _ = skip(below.previous.Load())
	}
	n := &Node{recording: span.IsRecording(), ours: IsOurs(span.TracerProvider())}
	n.identify(of)
	if work {
		n.work = n
	}
	return n.put(s, below)
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
		n.leave()
	}
}

// Outlive says that the work which began with PushWork or PushWorkContext is
// over, though its goroutine goes on with what it was asked for: what a hook
// begins there from now on is linked to the work, as on goroutines that were
// started within it. Unwind follows where the goroutine is done. It may be called
// on any goroutine, and on nil.
func (n *Node) Outlive() {
	if n != nil {
		n.state.Store(nil)
	}
}

// leave makes the newest span beneath current, or else nothing.
func (n *Node) leave() {
	below, _, _ := skip(n.previous.Load())
	if below == nil && n.work != n {
		below = n.work // which the goroutine had outlived
	}
	setHead(below)
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
	n.leave()
}

// HandBack is Unwind for what ends in the midst of other work, on whatever goroutine:
// what a hook has pushed since, and what is above that, stays.
func (n *Node) HandBack() {
	if n == nil {
		return
	}
	n.state.Store(nil)
	for at := head(); at != nil; at = at.previous.Load() {
		if at == n {
			n.leave()
			return
		}
		if s, _ := at.live(); s != nil && at.of == nil {
			return
		}
	}
}

// Here reports whether this goroutine has pushed the node, or was started by one
// that had. It does for nil.
func (n *Node) Here() bool {
	if n == nil {
		return true
	}
	for at := head(); at != nil; at = at.previous.Load() {
		if at == n {
			return true
		}
	}
	return false
}

// Span is the current span of this goroutine, or nil: for hooks, whose spans are
// children of the newest one, whoever has started it.
func Span() trace.Span {
	_, _, span := newest()
	return span
}

// SpanContext is that of Span, or the zero value, which isn't valid.
func SpanContext() trace.SpanContext {
	if span := Span(); span != nil {
		return span.SpanContext()
	}
	return trace.SpanContext{}
}

// Answer is what the program gets that asks for the span of ctx, which has no
// valid one: the goroutine's that is within its reach, or nil.
func Answer(ctx context.Context) trace.Span {
	if head() == nil {
		return nil
	}
	_, _, span := reach(true)
	if span == nil || hides(ctx) {
		return nil
	}
	return span
}

// Baggage is what belongs to the span that Answer has for an empty context.
func Baggage() baggage.Baggage {
	if _, s, _ := reach(true); s != nil {
		return s.baggage
	}
	return baggage.Baggage{}
}
