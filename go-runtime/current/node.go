// SPDX-License-Identifier: Apache-2.0

package current

import (
	"sync/atomic"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
)

// Node is one entry of a goroutine's list, newest first: a span that is
// current from Push to End. What a goroutine shares with those that it starts
// is the node that was newest then. Only these things about a node change, all
// atomically: it gets over, nodes that are over are taken out of the list
// beneath it, and its span is adopted.
type Node struct {
	previous atomic.Pointer[Node]
	// nil once the node is over, so that a list held by an idle goroutine
	// keeps no span. Never nil for a suppressing node.
	state atomic.Pointer[state]

	// The length of the list, and the length at which Push next takes out what
	// is over: see trim.
	depth, trimAt int32

	// Whether the span was recording when it was pushed; if it no longer is,
	// somebody has ended it.
	recording bool
	// Whether this node or one beneath it suppresses.
	suppressed bool
	ours       bool // the span is of our SDK's provider
	flags      trace.TraceFlags

	trace trace.TraceID
	span  trace.SpanID

	// The innermost work that a hook has begun, this node if it does: of the
	// nodes beneath, or else the work that this goroutine has outlived.
	work *Node

	adopted atomic.Pointer[adoption]
	of      *lineage // nil for the span of a hook
}

// state is what is current while a node is. Immutable.
type state struct {
	span    trace.Span // nil in a node that suppresses, or whose lineage has it
	baggage baggage.Baggage
}

// firstTrim is the list length up to which nodes that are over may stay in it.
// maxOpen is how many of the program's own spans a list holds: of more, the
// newest half.
const (
	firstTrim = 16
	maxOpen   = 1024
)

// live is n's state and span, or nil if n is over. A span that was ended
// without the node's being told is noticed here, and let go of; so is one that
// nobody refers to any more.
func (n *Node) live() (*state, trace.Span) {
	s := n.state.Load()
	if s == nil {
		return nil, nil
	}
	span := s.span
	if n.of != nil {
		if span = n.of.span.get(); span == nil {
			n.state.Store(nil)
			return nil, nil
		}
	}
	if n.recording && !span.IsRecording() {
		n.state.Store(nil)
		return nil, nil
	}
	return s, span
}

// over reports whether n is over as far as n has been told.
func (n *Node) over() bool { return n.state.Load() == nil }

// skip is the newest node that isn't over, from n downward, with its state and
// span. Nodes that are over are walked once: the first one then leads past the
// others.
func skip(first *Node) (*Node, *state, trace.Span) {
	for n := first; n != nil; n = n.previous.Load() {
		if s, span := n.live(); s != nil {
			if n != first {
				first.previous.Store(n)
			}
			return n, s, span
		}
	}
	if first != nil {
		first.previous.Store(nil)
	}
	return nil, nil, nil
}

// newest is skip from this goroutine's word, which it moves there, or else to
// the work that the goroutine has outlived.
func newest() (*Node, *state, trace.Span) {
	first := head()
	n, s, span := skip(first)
	switch {
	case n == first:
	case n == nil:
		setHead(first.work)
	default:
		setHead(n)
	}
	return n, s, span
}

// put makes n, whose own fields are set, the newest node of this goroutine, with
// state s.
func (n *Node) put(s *state, below *Node) *Node {
	n.depth, n.trimAt = 1, firstTrim
	n.state.Store(s)
	if below != nil {
		n.depth, n.trimAt = below.depth+1, below.trimAt
		if n.depth >= n.trimAt {
			n.depth = trim(below) + 1
			n.trimAt = n.depth + firstTrim
			if n.depth < maxOpen/2 {
				n.trimAt += n.depth
			} else {
				n.trimAt += maxOpen/2 - firstTrim
			}
		}
		n.suppressed = n.suppressed || below.suppressed
		n.previous.Store(below)
	}
	if n.work == nil {
		if below != nil {
			n.work = below.liveWork()
		} else if first := head(); first != nil {
			n.work = first.work
		}
	}
	setHead(n)
	return n
}

// trim takes the nodes that are over out of the list beneath top, which isn't
// over, and the program's own beyond the newest of them; it returns what length
// is left. Skipping at the top alone would let a list grow without end where a
// goroutine pushes spans that others end a little later, as its newest one is
// never over. As Push does this each time that the list has doubled, it costs a
// push next to nothing.
//
// Other goroutines may walk or trim the same nodes meanwhile: a link only ever
// moves downward, past nodes that nobody needs, so any order is right.
func trim(top *Node) (depth int32) {
	own := 0
	for n := top; n != nil; {
		depth++
		if n.of != nil {
			own++
		}
		below := n.previous.Load()
		next, _, _ := skip(below)
		for next != nil && next.of != nil && own >= maxOpen/2 {
			next, _, _ = skip(next.previous.Load())
		}
		if next != below {
			n.previous.Store(next)
		}
		n = next
	}
	return depth
}
