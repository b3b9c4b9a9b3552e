// SPDX-License-Identifier: Apache-2.0

package view

import (
	"sort"
	"strings"

	"otel.runtime/view/receiver"
)

// trace is the spans of one trace ID, as they came.
type trace struct {
	id    string
	spans []receiver.Span
	index map[string]int // from span ID into spans
	bytes int
}

// traces are kept in the order in which their first span came.
type traces struct {
	limits Limits
	byID   map[string]*trace
	order  []*trace // oldest first
	spans  int
	bytes  int

	droppedSpans, droppedTraces int
}

func newTraces(limits Limits) traces { return traces{limits: limits, byID: map[string]*trace{}} }

func (t *traces) add(spans []receiver.Span) {
	for i := range spans {
		t.addSpan(&spans[i])
	}
}

// addSpan replaces a span that comes again, as it does when its sender missed
// the answer.
func (t *traces) addSpan(s *receiver.Span) {
	size := sizeOfSpan(s)
	of := t.byID[s.TraceID]
	if of != nil {
		if i, known := of.index[s.SpanID]; known {
			change := size - sizeOfSpan(&of.spans[i])
			of.spans[i] = *s
			of.bytes += change
			t.bytes += change
			return
		}
	}
	if !t.makeRoom(of, size) {
		t.droppedSpans++
		return
	}
	if of == nil {
		of = &trace{id: s.TraceID, index: map[string]int{}}
		t.byID[of.id] = of
		t.order = append(t.order, of)
	}
	of.index[s.SpanID] = len(of.spans)
	of.spans = append(of.spans, *s)
	of.bytes += size
	t.bytes += size
	t.spans++
}

// makeRoom drops the oldest traces but never the one that grows; without any
// other there may be no room.
func (t *traces) makeRoom(growing *trace, size int) bool {
	for t.spans+1 > t.limits.Spans || t.bytes+size > t.limits.Bytes {
		at := 0
		if len(t.order) > 0 && t.order[0] == growing {
			at = 1
		}
		if at >= len(t.order) {
			return false
		}
		t.drop(at)
	}
	return true
}

func (t *traces) drop(at int) {
	old := t.order[at]
	if at == 0 {
		t.order[0] = nil
		t.order = t.order[1:]
	} else {
		t.order = append(t.order[:at], t.order[at+1:]...)
	}
	delete(t.byID, old.id)
	t.spans -= len(old.spans)
	t.bytes -= old.bytes
	t.droppedSpans += len(old.spans)
	t.droppedTraces++
}

// TraceSummary is a trace in a list.
type TraceSummary struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"` // of the root, or of what comes next to it
	Kind     string   `json:"kind"`
	Service  string   `json:"service"` // of the root
	Services []string `json:"services"`
	Start    float64  `json:"start_ms"` // Unix milliseconds
	Duration float64  `json:"duration_ns"`
	Spans    int      `json:"spans"`
	Errors   int      `json:"errors"`
	Complete bool     `json:"complete"` // no span's parent is missing
}

func (t *trace) summary() TraceSummary {
	summary := TraceSummary{ID: t.id, Spans: len(t.spans), Complete: true}
	first, last := t.bounds()
	summary.Start, summary.Duration = milliseconds(first), float64(last-first)
	services := map[string]bool{}
	var root *receiver.Span
	for i := range t.spans {
		s := &t.spans[i]
		services[serviceOf(s.Resource)] = true
		if s.Status.Code == statusError {
			summary.Errors++
		}
		_, hasParent := t.index[s.ParentSpanID]
		if s.ParentSpanID != "" && !hasParent {
			summary.Complete = false
		}
		if !hasParent && (root == nil || isBetterRoot(s, root)) {
			root = s
		}
	}
	if root == nil { // they are each other's parents
		root = &t.spans[0]
	}
	summary.Name, summary.Kind, summary.Service = root.Name, root.Kind, serviceOf(root.Resource)
	for name := range services {
		summary.Services = append(summary.Services, name)
	}
	sort.Strings(summary.Services)
	return summary
}

// isBetterRoot prefers a span without any parent, then an earlier one.
func isBetterRoot(s, than *receiver.Span) bool {
	if (s.ParentSpanID == "") != (than.ParentSpanID == "") {
		return s.ParentSpanID == ""
	}
	return s.Start < than.Start
}

// bounds are the first start and the last end; a span whose end is before its
// start counts with its start.
func (t *trace) bounds() (first, last uint64) {
	first = t.spans[0].Start
	for i := range t.spans {
		first = min(first, t.spans[i].Start)
		last = max(last, t.spans[i].Start, t.spans[i].End)
	}
	return first, last
}

// TraceQuery picks traces; what is zero picks all.
type TraceQuery struct {
	Service string // that took part
	Text    string // in a span's name, in an attribute or the trace's ID, in any case of letters
	Errors  bool   // with at least one
	Longer  float64
	Limit   int
}

// Traces are those of the last to come that fit, in the order of their starts,
// newest first, and how many fit in all.
func (s *Store) Traces(q TraceQuery) (fit []TraceSummary, total int) {
	fit, total = s.lastTraces(q)
	sort.SliceStable(fit, func(i, j int) bool { return fit[i].Start > fit[j].Start })
	return fit, total
}

func (s *Store) lastTraces(q TraceQuery) (fit []TraceSummary, total int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	fit = []TraceSummary{}
	text := strings.ToLower(q.Text)
	for i := len(s.traces.order) - 1; i >= 0; i-- {
		t := s.traces.order[i]
		if len(fit) == q.Limit && q == (TraceQuery{Limit: q.Limit}) {
			return fit, len(s.traces.order)
		}
		summary := t.summary()
		if q.Errors && summary.Errors == 0 || summary.Duration < q.Longer || q.Service != "" && !contains(summary.Services, q.Service) || !t.has(text) {
			continue
		}
		if total++; len(fit) < q.Limit {
			fit = append(fit, summary)
		}
	}
	return fit, total
}

// has is whether a text in lower case is somewhere in the trace.
func (t *trace) has(text string) bool {
	if text == "" || strings.Contains(t.id, text) {
		return true
	}
	for i := range t.spans {
		if strings.Contains(strings.ToLower(t.spans[i].Name), text) {
			return true
		}
		for _, kv := range t.spans[i].Attributes {
			if strings.Contains(strings.ToLower(kv.Key+"="+receiver.Text(kv.Value)), text) {
				return true
			}
		}
	}
	return false
}

func contains(all []string, one string) bool {
	for _, candidate := range all {
		if candidate == one {
			return true
		}
	}
	return false
}
