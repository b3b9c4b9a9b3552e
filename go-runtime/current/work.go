// SPDX-License-Identifier: Apache-2.0

package current

import "go.opentelemetry.io/otel/trace"

// Work is what a hook has begun: a request that is served, a message that is
// consumed, a function that //otel:span traces. Within it a span that the
// program starts without a context belongs to the work's trace.

// liveWork is the innermost work of n's list that isn't over, or nil.
func (n *Node) liveWork() *Node {
	w := n.work
	for w != nil && w.over() {
		below, _, _ := skip(w.previous.Load())
		if below == nil {
			return nil
		}
		w = below.work
	}
	return w
}

// workTrace is the trace of the work that n is: its span's, or that of the span
// of the program's which has taken its place.
func (n *Node) workTrace() trace.TraceID {
	if a := n.adopted.Load(); a != nil && a.replaced {
		return a.trace
	}
	return n.trace
}

// outlived is the span of the work in which this goroutine was started, if it
// is over and nothing is current: whom a new trace is linked to. Not valid if
// there is none.
func outlived() trace.SpanContext {
	if n, _, _ := newest(); n != nil {
		return trace.SpanContext{}
	}
	n := head()
	if n == nil {
		return trace.SpanContext{}
	}
	return trace.NewSpanContext(trace.SpanContextConfig{TraceID: n.trace, SpanID: n.span, TraceFlags: n.flags})
}

// withinReach reports whether n's span may be the parent of a span, or the
// answer to a question, of the program's that has no context: in work one of
// the same trace, else only one of our provider. ours says that it is our
// provider's span that is started.
func (n *Node) withinReach(ours bool) bool {
	if w := n.liveWork(); w != nil {
		return n.trace == w.workTrace()
	}
	return ours && n.ours
}

// reach is the newest node of this goroutine that is withinReach, with its state
// and span; nil where nothing is to be traced.
func reach(ours bool) (*Node, *state, trace.Span) {
	n, s, span := newest()
	return reachFrom(n, s, span, ours)
}

// reachFrom is the same from a node on.
func reachFrom(n *Node, s *state, span trace.Span, ours bool) (*Node, *state, trace.Span) {
	for n != nil && span != nil && !n.withinReach(ours) {
		n, s, span = skip(n.beneath())
	}
	if span == nil {
		return nil, nil, nil
	}
	return n, s, span
}

// beneath is where to look on for a node that n, which isn't within reach, may
// hide: past its neighbours that aren't either.
func (n *Node) beneath() *Node {
	if n.of != nil && n.of.past != nil && n.work == n.of.past.work {
		return n.of.past
	}
	return n.previous.Load()
}
