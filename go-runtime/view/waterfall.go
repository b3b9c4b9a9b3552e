// SPDX-License-Identifier: Apache-2.0

package view

import (
	"sort"

	"otel.runtime/view/receiver"
)

// TraceView is a whole trace. Its spans are in the order of a waterfall: each
// one is followed by its children, in the order of their starts.
type TraceView struct {
	TraceSummary
	Rows      []SpanView `json:"rows"`
	Resources [][]Value  `json:"resources"`
	Logs      []LogView  `json:"logs"` // in the order of their times
}

// SpanView is a span of a TraceView. Times are nanoseconds since the trace's
// start.
type SpanView struct {
	ID       string  `json:"id"`
	Parent   string  `json:"parent,omitempty"`
	Depth    int     `json:"depth"`
	Below    int     `json:"below"`            // how many of the next rows are its descendants
	Orphan   bool    `json:"orphan,omitempty"` // its parent was not received
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	Service  string  `json:"service"`
	Start    float64 `json:"start_ns"`
	Duration float64 `json:"duration_ns"`
	Status   string  `json:"status"`
	Message  string  `json:"message,omitempty"`

	Attributes []Value     `json:"attributes"`
	Events     []EventView `json:"events"`
	Links      []LinkView  `json:"links"`
	Scope      string      `json:"scope"`
	Resource   int         `json:"resource"` // index into Resources
	Dropped    uint32      `json:"dropped,omitempty"`
	Logs       int         `json:"logs"` // how many of the trace's are its own
}

// EventView is an event of a span.
type EventView struct {
	Name       string  `json:"name"`
	At         float64 `json:"at_ns"`
	Attributes []Value `json:"attributes"`
}

// LinkView is a link of a span.
type LinkView struct {
	Trace      string  `json:"trace"`
	Span       string  `json:"span"`
	Known      bool    `json:"known"` // the trace is in the store
	Attributes []Value `json:"attributes"`
}

// Trace is the trace of that ID; false if there is none.
func (s *Store) Trace(id string) (TraceView, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.traces.byID[id]
	if t == nil {
		return TraceView{}, false
	}
	v := TraceView{TraceSummary: t.summary(), Logs: s.logs.of(id), Rows: make([]SpanView, 0, len(t.spans)), Resources: [][]Value{}}
	logs := map[string]int{}
	for _, l := range v.Logs {
		logs[l.Span]++
	}
	first, _ := t.bounds()
	resources := map[*receiver.Attribute]int{}
	for _, n := range t.nodes() {
		row := n.row(first)
		row.Resource = v.resource(resources, n.span.Resource)
		row.Logs = logs[row.ID]
		for i := range row.Links {
			row.Links[i].Known = s.traces.byID[row.Links[i].Trace] != nil
		}
		v.Rows = append(v.Rows, row)
	}
	return v, true
}

// resource is the index of a resource; spans of one request share theirs.
func (v *TraceView) resource(known map[*receiver.Attribute]int, attributes receiver.Attributes) int {
	var first *receiver.Attribute
	if len(attributes) > 0 {
		first = &attributes[0]
	}
	at, found := known[first]
	if !found {
		at = len(v.Resources)
		known[first] = at
		v.Resources = append(v.Resources, values(attributes))
	}
	return at
}

// node is a span with its place in the waterfall.
type node struct {
	span         *receiver.Span
	depth, below int
	orphan       bool
}

// nodes puts the spans in order. Spans that are their own ancestors, which no
// program should make, are at the top like those without a parent.
func (t *trace) nodes() []node {
	children := map[string][]*receiver.Span{}
	var tops []*receiver.Span
	for i := range t.spans {
		s := &t.spans[i]
		if _, has := t.index[s.ParentSpanID]; has && s.ParentSpanID != s.SpanID {
			children[s.ParentSpanID] = append(children[s.ParentSpanID], s)
		} else {
			tops = append(tops, s)
		}
	}
	for _, of := range children {
		sortByStart(of)
	}
	sortByStart(tops)

	nodes := make([]node, 0, len(t.spans))
	placed := make(map[string]bool, len(t.spans))
	for _, s := range tops {
		nodes = place(nodes, s, children, placed)
	}
	if len(nodes) < len(t.spans) {
		for i := range t.spans {
			nodes = place(nodes, &t.spans[i], children, placed)
		}
	}
	for i := range nodes {
		parent := nodes[i].span.ParentSpanID
		_, has := t.index[parent]
		nodes[i].orphan = parent != "" && !has
	}
	return nodes
}

// place appends a span and what is below it. It doesn't call itself: a chain of
// spans may be as long as a trace.
func place(nodes []node, top *receiver.Span, children map[string][]*receiver.Span, placed map[string]bool) []node {
	type step struct {
		span  *receiver.Span
		depth int
		at    int // where the node is, once all below it are there
		done  bool
	}
	steps := []step{{span: top}}
	for len(steps) > 0 {
		next := steps[len(steps)-1]
		steps = steps[:len(steps)-1]
		if next.done {
			nodes[next.at].below = len(nodes) - next.at - 1
			continue
		}
		if placed[next.span.SpanID] {
			continue
		}
		placed[next.span.SpanID] = true
		next.at, next.done = len(nodes), true
		nodes = append(nodes, node{span: next.span, depth: next.depth})
		steps = append(steps, next)
		below := children[next.span.SpanID]
		for i := len(below) - 1; i >= 0; i-- {
			steps = append(steps, step{span: below[i], depth: next.depth + 1})
		}
	}
	return nodes
}

func sortByStart(spans []*receiver.Span) {
	sort.SliceStable(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
}

func (n node) row(first uint64) SpanView {
	s := n.span
	row := SpanView{
		ID: s.SpanID, Parent: s.ParentSpanID, Depth: n.depth, Below: n.below, Orphan: n.orphan, Name: s.Name, Kind: s.Kind, Service: serviceOf(s.Resource),
		Start: float64(s.Start - first), Status: s.Status.Code, Message: s.Status.Message,
		Attributes: values(s.Attributes), Events: []EventView{}, Links: []LinkView{}, Scope: s.Scope.Name,
		Dropped: s.DroppedAttributes + s.DroppedEvents + s.DroppedLinks,
	}
	if s.End > s.Start {
		row.Duration = float64(s.End - s.Start)
	}
	if s.Scope.Version != "" {
		row.Scope += " " + s.Scope.Version
	}
	for _, e := range s.Events {
		row.Events = append(row.Events, EventView{e.Name, float64(int64(e.Time - first)), values(e.Attributes)})
	}
	for _, l := range s.Links {
		row.Links = append(row.Links, LinkView{Trace: l.TraceID, Span: l.SpanID, Attributes: values(l.Attributes)})
	}
	return row
}
