// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
)

// lineage is a span of the program's own, and what is known of its start.
type lineage struct {
	span  weakSpan
	site  uintptr // of the call that has started it: see callSite; 0 if that isn't known
	up    *Node   // the parent's node
	past  *Node   // of a node that isn't within reach: the first one beneath that may be
	level int32   // the number of ups
	loose bool    // its parent isn't a node of the list, or is none by a context's word
}

// maxLevel is how many ups are followed, and kept.
const maxLevel = 64

// Started is a span that the program itself starts, from before to after its
// tracer's Start. It is also its node, later.
type Started struct {
	node     Node
	of       lineage
	state    state
	provider trace.TracerProvider
	replaces *Node
	silent   bool // the provider is: hooks don't see the span
}

func newStarted(provider trace.TracerProvider) *Started {
	started := &Started{provider: provider}
	started.node.of, started.node.ours = &started.of, IsOurs(provider)
	return started
}

// begin gives ctx, in which a tracer of the program's own starts a span, the parent
// that the span is to have:
//
//   - a context that carries a span, be it none, is left as it is, unless that is a
//     hook's by another provider: see withoutHooks;
//   - within work that a hook has begun, or by our provider, the parent is the
//     goroutine's newest span that isn't over and is of that work's trace, or of
//     our provider, and of the same provider;
//   - else there is none;
//   - a span that the same call has started is never the parent, nor one beneath
//     that: what a loop starts are siblings.
func (started *Started) begin(ctx *context.Context) {
	ours := started.node.ours
	carried, carries := Carried(*ctx)
	if carried != nil && !ours {
		var changed bool
		if *ctx, changed = withoutHooks(*ctx, carried, started.provider); changed {
			carried = SpanIn(*ctx)
		}
	}
	first, _, span := started.reach(newest())
	if first == nil && !ours {
		started.of.loose = true
		started.shield(ctx, carries)
		return
	}
	started.of.site = callSite()
	if carries {
		started.of.loose = true
		if first != nil && carried != nil && first.is(carried.SpanContext()) {
			started.descend(first)
		}
		return
	}
	n := first
	for n != nil {
		sibling := n.startedAt(started.of.site)
		if sibling == nil {
			break
		}
		n = sibling.of.up
		if n == nil && sibling.of.loose {
			n = sibling.previous.Load()
		}
		n, _, span = started.reach(skip(n))
	}
	if n == nil {
		started.shield(ctx, false)
		return
	}
	started.descend(n)
	*ctx = within(*ctx, n.state.Load(), span)
}

// reach is reach from a node on, for the parent of the new span.
func (s *Started) reach(n *Node, at *state, span trace.Span) (*Node, *state, trace.Span) {
	n, at, span = reachFrom(n, at, span, s.node.ours)
	for n != nil && !s.node.ours && foreignTo(s.provider, span) {
		n, at, span = skip(n.previous.Load())
		n, at, span = reachFrom(n, at, span, s.node.ours)
	}
	return n, at, span
}

// descend makes n the parent's node.
func (s *Started) descend(n *Node) {
	s.of.up, s.of.loose = n, false
	if n.of == nil {
		return
	}
	if s.of.level = n.of.level + 1; s.of.level > maxLevel {
		s.of.up, s.of.level, s.of.loose = nil, 0, true
	}
}

// shield has ctx say that there is no parent, where the woven API would have
// one.
func (s *Started) shield(ctx *context.Context, carries bool) {
	if carries {
		return
	}
	if n, _, _ := reach(true); n != nil {
		if *ctx == nil {
			*ctx = context.Background()
		}
		*ctx = trace.ContextWithSpan(*ctx, none)
	}
}

// startedAt is the node at n or up from it whose span the call at site has
// started, or nil.
func (n *Node) startedAt(site uintptr) *Node {
	if site == 0 {
		return nil
	}
	for ; n != nil && n.of != nil; n = n.of.up {
		if n.of.site == site {
			return n
		}
	}
	return nil
}

func (n *Node) is(of trace.SpanContext) bool {
	return n.span == of.SpanID() && n.trace == of.TraceID()
}

// within is ctx with the span and, if it has none, the baggage of s, which is
// nil if the node has got over meanwhile.
func within(ctx context.Context, s *state, span trace.Span) context.Context {
	if ctx == nil {
		ctx = context.Background()
	}
	if s != nil && s.baggage.Len() > 0 {
		if _, carried := baggageIn(ctx); !carried {
			ctx = baggage.ContextWithBaggage(ctx, s.baggage)
		}
	}
	return trace.ContextWithSpan(ctx, span)
}

// Track makes the span that was started current, until its End. It returns the
// two as the program is to have them: a span that doesn't record can't tell that
// it was ended, so that one is replaced. Who started it may have dropped it:
// what is current keeps no span of the program's.
func (s *Started) Track(ctx context.Context, span trace.Span) (context.Context, trace.Span) {
	if s == nil || s.silent {
		return ctx, span
	}
	of := span.SpanContext()
	if !of.IsValid() {
		return ctx, span
	}
	below, at, _ := newest()
	if below != nil && below.is(of) {
		return ctx, span // another provider's tracer, around this one, has done it
	}
	if bag, carried := baggageIn(ctx); carried {
		s.state.baggage = bag
	} else if at != nil {
		s.state.baggage = at.baggage
	}
	n := &s.node
	n.identify(of)
	if s.replaces != nil {
		s.replaces.replacedBy(of.TraceID())
		s.replaces = nil
	}
	if n.recording = span.IsRecording(); !n.recording {
		span = &unrecorded{Span: span, node: n}
		ctx = trace.ContextWithSpan(ctx, span)
	}
	s.of.span = newWeakSpan(span)
	n.put(&s.state, below)
	if below != nil && !n.withinReach(n.ours) {
		if s.of.past = below; below.of != nil && below.of.past != nil && below.work == n.work {
			s.of.past = below.of.past
		}
	}
	return ctx, span
}

func (n *Node) identify(of trace.SpanContext) {
	n.trace, n.span, n.flags = of.TraceID(), of.SpanID(), of.TraceFlags()
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
