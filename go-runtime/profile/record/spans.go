// SPDX-License-Identifier: Apache-2.0

package record

import (
	"encoding/binary"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/profile"
)

// spanCount is how many samples there are of a span: Self while it was the current
// one of a goroutine, Total within the work that began with it.
type spanCount = struct {
	Span        uint64
	Self, Total uint32
}

// countedSpans is how many spans are counted at a time: a power of two. Of two whose
// identifiers end alike, the one with the later sample is.
const countedSpans = 4096

// counted is how many samples there are of a span.
func counted(id uint64) (self, total uint32) {
	at := &counts[id&(countedSpans-1)]
	if atomic.LoadUint64(&at.Span) != id {
		return 0, 0
	}
	return atomic.LoadUint32(&at.Self), atomic.LoadUint32(&at.Total)
}

// ended is what is known of spans that have samples, and have ended: those of the
// window under way, and of the one before, of which some may still run.
type ended struct {
	mu             sync.Mutex
	newest, before map[uint64]endedSpan
}

type endedSpan struct{ name, route string }

// mostEnded is how many spans are kept for one window.
const mostEnded = 1 << 16

func (e *ended) add(id uint64, span sdktrace.ReadOnlySpan) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.newest == nil {
		e.newest = map[uint64]endedSpan{}
	}
	if len(e.newest) >= mostEnded {
		return
	}
	of := endedSpan{name: span.Name()}
	for _, kv := range span.Attributes() {
		if kv.Key == "http.route" {
			of.route = kv.Value.AsString()
		}
	}
	e.newest[id] = of
}

// describe adds what is known to the spans of samples.
func (e *ended) describe(samples []profile.Sample) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range samples {
		span := &samples[i].Span
		span.Name = e.get(span.ID).name
		root := e.get(span.Root)
		span.Work, span.Route = root.name, root.route
	}
}

// knows reports whether a span has ended, as far as that is known.
func (e *ended) knows(id uint64) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, newest := e.newest[id]
	_, before := e.before[id]
	return newest || before
}

func (e *ended) get(id trace.SpanID) endedSpan {
	key := binary.BigEndian.Uint64(id[:])
	if of, known := e.newest[key]; known {
		return of
	}
	return e.before[key]
}

// next begins another window.
func (e *ended) next() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.newest, e.before = nil, e.newest
}

// Attributes of spans that have samples.
const (
	selfTime  = attribute.Key("otel.go.cpu.time")
	totalTime = attribute.Key("otel.go.cpu.total_time")
	// What Grafana finds the profile of a span by, in Pyroscope.
	profileID = attribute.Key("pyroscope.profile.id")
)

// Ended is span, which has just ended, with the CPU time that was sampled while it
// ran, in seconds. A span without samples is returned as it is; whether it has any is
// one comparison.
func (r *Recorder) Ended(span sdktrace.ReadOnlySpan) sdktrace.ReadOnlySpan {
	if r == nil || r.cpuRate == 0 {
		return span
	}
	of := span.SpanContext().SpanID()
	id := binary.BigEndian.Uint64(of[:])
	self, total := counted(id)
	if self == 0 && total == 0 {
		return span
	}
	r.ended.add(id, span)
	made := &measured{ReadOnlySpan: span}
	seconds := 1 / float64(r.cpuRate)
	if self > 0 {
		made.more = append(made.more, selfTime.Float64(float64(self)*seconds))
	}
	if total > 0 {
		made.more = append(made.more, totalTime.Float64(float64(total)*seconds))
		if r.profileIDs {
			made.more = append(made.more, profileID.String(of.String()))
		}
	}
	return made
}

// measured is a span with more attributes.
type measured struct {
	sdktrace.ReadOnlySpan
	more []attribute.KeyValue
}

func (s *measured) Attributes() []attribute.KeyValue {
	own := s.ReadOnlySpan.Attributes()
	return append(own[:len(own):len(own)], s.more...)
}
