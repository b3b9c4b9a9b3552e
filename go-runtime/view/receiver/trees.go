// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"io"
	"sync"
	"time"

	"otel.runtime/exporter/console/tree"
)

// A trace is printed when it is complete, that is when each span's parent is
// there too, and none arrived for so long; an incomplete one after patience.
const (
	quiet    = 300 * time.Millisecond
	patience = 3 * time.Second
)

// Trees prints traces as trees. Spans of several services and requests are
// joined.
type Trees struct {
	quiet, patience time.Duration

	mu     sync.Mutex
	out    io.Writer
	traces map[string]*pending // by trace ID
	failed error
}

// pending is a trace that waits for more.
type pending struct {
	spans []Span
	timer *time.Timer
}

// NewTrees prints to out. Close must be called at the end.
func NewTrees(out io.Writer) *Trees {
	return &Trees{quiet: quiet, patience: patience, out: out, traces: map[string]*pending{}}
}

// Take receives spans.
func (t *Trees) Take(spans []Span) {
	t.mu.Lock()
	defer t.mu.Unlock()
	touched := map[string]*pending{}
	for _, s := range spans {
		p := t.traces[s.TraceID]
		if p == nil {
			p = &pending{}
			t.traces[s.TraceID] = p
		}
		p.spans = append(p.spans, s)
		touched[s.TraceID] = p
	}
	for id, p := range touched {
		t.wait(id, p)
	}
}

// wait prints the trace after its pause, unless another wait comes first.
func (t *Trees) wait(id string, p *pending) {
	pause := t.patience
	if isComplete(p.spans) {
		pause = t.quiet
	}
	if p.timer != nil {
		p.timer.Stop()
	}
	var timer *time.Timer
	timer = time.AfterFunc(pause, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if p.timer == timer && t.traces[id] == p {
			t.print(id)
		}
	})
	p.timer = timer
}

// isComplete is whether every span leads to a root.
func isComplete(spans []Span) bool {
	present := make(map[string]bool, len(spans))
	for _, s := range spans {
		present[s.SpanID] = true
	}
	for _, s := range spans {
		if s.ParentSpanID != "" && !present[s.ParentSpanID] {
			return false
		}
	}
	return true
}

func (t *Trees) print(id string) {
	p := t.traces[id]
	delete(t.traces, id)
	p.timer.Stop()
	drawn := make([]tree.Span, len(p.spans))
	for i, s := range p.spans {
		drawn[i] = drawing(s)
	}
	if _, err := t.out.Write(tree.Append(nil, drawn)); err != nil {
		t.failed = err
	}
}

// Close prints what still waits and returns the last error of writing.
func (t *Trees) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id := range t.traces {
		t.print(id)
	}
	return t.failed
}

func drawing(s Span) tree.Span {
	d := tree.Span{
		TraceID: s.TraceID, SpanID: s.SpanID, ParentID: s.ParentSpanID,
		Name: s.Name, Kind: s.Kind, Service: Text(s.Resource.Get("service.name")),
		Start: time.Unix(0, int64(s.Start)), End: time.Unix(0, int64(s.End)),
		Attributes: drawingOf(s.Attributes),
		Failed:     s.Status.Code == "ERROR", Message: s.Status.Message,
	}
	for _, e := range s.Events {
		d.Events = append(d.Events, tree.Event{Name: e.Name, Attributes: drawingOf(e.Attributes)})
	}
	return d
}

func drawingOf(attributes Attributes) []tree.Attribute {
	out := make([]tree.Attribute, len(attributes))
	for i, kv := range attributes {
		out[i] = tree.Attribute{Key: kv.Key, Value: Text(kv.Value)}
	}
	return out
}
