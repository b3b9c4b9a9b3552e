// SPDX-License-Identifier: Apache-2.0

// Package tree draws the spans of a trace as a tree for people to read:
//
//	trace 0af7651916cd43dd8448eb211c80319c  12.4ms  2 spans
//	└─ SERVER GET /greet  12.4ms  [shop]  http.request.method=GET url.path=/greet http.response.status_code=500  ERROR
//	   │ exception  exception.type=*net.OpError exception.message="connection refused"
//	   └─ CLIENT GET  11ms  http.request.method=GET server.address=localhost
//
// It knows neither the SDK nor OTLP: the console exporter and the receiver bring
// their spans into its form.
package tree

import (
	"sort"
	"strconv"
	"time"
)

// Span is what is drawn of a span. IDs are opaque; spans that are drawn together
// should have one TraceID.
type Span struct {
	TraceID, SpanID string
	ParentID        string // "" for the root of a trace
	Name            string
	Kind            string // SERVER, CLIENT, INTERNAL, …
	Service         string // drawn where it differs from the parent's
	Start, End      time.Time
	Attributes      []Attribute
	Events          []Event
	Failed          bool   // the status is an error
	Message         string // of the status
}

// Attribute is a key with its value as text.
type Attribute struct{ Key, Value string }

// Event is something that happened during a span.
type Event struct {
	Name       string
	Attributes []Attribute
}

// Append draws a trace. A span whose parent isn't among spans is drawn at the
// top; siblings are in order of their start. Spans of one ID or with circular
// parents, which only a broken sender has, are each drawn once.
func Append(b []byte, spans []Span) []byte {
	if len(spans) == 0 {
		return b
	}
	d := newDrawing(spans)
	b = append(b, "trace "...)
	b = append(b, spans[0].TraceID...)
	b = append(b, "  "...)
	b = append(b, duration(d.length())...)
	b = append(b, "  "...)
	b = strconv.AppendInt(b, int64(len(spans)), 10)
	if len(spans) == 1 {
		b = append(b, " span\n"...)
	} else {
		b = append(b, " spans\n"...)
	}
	return d.append(b, d.tops, "", "")
}

// drawing holds spans as indices into an order by start.
type drawing struct {
	spans    []Span
	children map[string][]int // by the parent's ID
	tops     []int
}

func newDrawing(spans []Span) *drawing {
	d := &drawing{spans: append([]Span(nil), spans...), children: map[string][]int{}}
	sort.SliceStable(d.spans, func(i, j int) bool { return d.spans[i].Start.Before(d.spans[j].Start) })
	present := make(map[string]bool, len(spans))
	for i := range d.spans {
		present[d.spans[i].SpanID] = true
	}
	for i := range d.spans {
		parent := d.spans[i].ParentID
		if parent == "" || !present[parent] {
			d.tops = append(d.tops, i)
		} else {
			d.children[parent] = append(d.children[parent], i)
		}
	}
	d.addUnreachable()
	return d
}

// addUnreachable puts one span of each circle at the top. Afterwards every span
// is reached exactly once by walking children from the tops.
func (d *drawing) addUnreachable() {
	reached := make([]bool, len(d.spans))
	var reach func(i int)
	reach = func(i int) {
		reached[i] = true
		id := d.spans[i].SpanID
		kept := d.children[id][:0:0]
		for _, child := range d.children[id] {
			if !reached[child] {
				kept = append(kept, child)
				reach(child)
			}
		}
		d.children[id] = kept
	}
	for _, i := range d.tops {
		reach(i)
	}
	for i := range d.spans {
		if !reached[i] {
			d.tops = append(d.tops, i)
			reach(i)
		}
	}
}

// length is from the first start to the last end.
func (d *drawing) length() time.Duration {
	last := d.spans[0].End
	for _, s := range d.spans {
		if s.End.After(last) {
			last = s.End
		}
	}
	return last.Sub(d.spans[0].Start)
}

func (d *drawing) append(b []byte, siblings []int, indent, service string) []byte {
	for n, i := range siblings {
		branch, below := "├─ ", "│  "
		if n == len(siblings)-1 {
			branch, below = "└─ ", "   "
		}
		s := &d.spans[i]
		children := d.children[s.SpanID]
		delete(d.children, s.SpanID) // another span of this ID has none left to draw
		b = append(append(b, indent...), branch...)
		b = appendSpan(b, s, service)
		for _, e := range s.Events {
			b = append(append(b, indent...), below...)
			if len(children) > 0 {
				b = append(b, "│ "...)
			} else {
				b = append(b, "  "...)
			}
			b = appendEvent(b, e)
		}
		b = d.append(b, children, indent+below, s.Service)
	}
	return b
}
