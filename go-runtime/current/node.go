// SPDX-License-Identifier: Apache-2.0

package current

import (
	"sync/atomic"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
)

// Node is one entry of a goroutine's list, newest first: a span that is
// current from Push to End. What a goroutine shares with those that it starts
// is the node that was newest then. Only two things about a node change, both
// atomically and for good: it gets over, and nodes that are over are taken
// out of the list beneath it.
type Node struct {
	previous atomic.Pointer[Node]
	// nil once the node is over, so that a list held by an idle goroutine
	// keeps no span. Never nil for a suppressing node.
	state atomic.Pointer[state]

	// Whether the span was recording when it was pushed; if it no longer is,
	// somebody has ended it.
	recording bool
	// Whether this node or one beneath it suppresses.
	suppressed bool

	// The length of the list, and the length at which Push next takes out what
	// is over: see trim.
	depth, trimAt int32

	adopted atomic.Pointer[string] // see Adopt
}

// state is what is current while a node is. Immutable.
type state struct {
	span    trace.Span // nil in a node that suppresses
	baggage baggage.Baggage
	tracked bool // the program itself has started the span
}

// firstTrim is the list length up to which nodes that are over may stay in it.
const firstTrim = 16

// live is n's state, or nil if n is over. A span that was ended without the
// node's being told is noticed here, and let go of.
func (n *Node) live() *state {
	s := n.state.Load()
	if s == nil {
		return nil
	}
	if n.recording && !s.span.IsRecording() {
		n.state.Store(nil)
		return nil
	}
	return s
}

// skip is the newest node that isn't over, from n downward, and its state.
func skip(n *Node) (*Node, *state) {
	for n != nil {
		if s := n.live(); s != nil {
			return n, s
		}
		n = n.previous.Load()
	}
	return nil, nil
}

// newest is skip from this goroutine's word, which it moves there.
func newest() (*Node, *state) {
	first := head()
	n, s := skip(first)
	if n != first {
		setHead(n)
	}
	return n, s
}

// push puts a node with state s on top of below, in this goroutine.
func push(s *state, below *Node, recording, suppressed bool) *Node {
	n := &Node{recording: recording, suppressed: suppressed, depth: 1, trimAt: firstTrim}
	n.state.Store(s)
	if below != nil {
		n.depth, n.trimAt = below.depth+1, below.trimAt
		if n.depth >= n.trimAt {
			n.depth = trim(below) + 1
			n.trimAt = 2*n.depth + firstTrim
		}
		n.suppressed = n.suppressed || below.suppressed
		n.previous.Store(below)
	}
	setHead(n)
	return n
}

// trim takes the nodes that are over out of the list beneath top, which isn't
// over, and returns what length is left. Skipping at the top alone would let a
// list grow without end where a goroutine pushes spans that others end a
// little later, as its newest one is never over. As Push does this each time
// that the list has doubled, it costs a push next to nothing.
//
// Other goroutines may walk or trim the same nodes meanwhile: a link only ever
// moves past nodes that are over, so any order is right.
func trim(top *Node) (depth int32) {
	for n := top; n != nil; {
		depth++
		below := n.previous.Load()
		next, _ := skip(below)
		if next != below {
			n.previous.Store(next)
		}
		n = next
	}
	return depth
}
